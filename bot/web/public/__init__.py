"""The pages for the public: reports and statistics."""
