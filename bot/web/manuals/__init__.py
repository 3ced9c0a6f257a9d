"""The manuals under `/panduan`: built ahead from `docs/manuals/`, and served as they lie in `site/`."""
