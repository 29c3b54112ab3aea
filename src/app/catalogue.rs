//! Units, schemes, regions.
