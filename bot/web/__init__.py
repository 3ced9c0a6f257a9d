"""The web server's pages, a folder each: views, words, templates and forms lie together."""
