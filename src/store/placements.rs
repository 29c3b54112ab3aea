//! Placements and the seats and hours they hold.
