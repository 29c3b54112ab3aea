//! Referrals.
