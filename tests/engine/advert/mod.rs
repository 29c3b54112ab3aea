//! Whole adverts, as small firms write them; every one is invented.

mod edges;
mod table;
