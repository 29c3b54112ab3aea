//! Referrals over HTTP.
