"""Every word that people read: `<language>.ftl`, and how a line of the talk gets its words."""
