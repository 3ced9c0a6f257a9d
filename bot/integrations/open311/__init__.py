"""The door of other systems: Open311 GeoReport v2, as https://wiki.open311.org/GeoReport_v2/ has it."""
