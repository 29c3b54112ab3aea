//! Reading the audit and the feed.
