"""What a regency declares about itself: categories, agencies, routing, hotlines, regions, clocks, limits."""
