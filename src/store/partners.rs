//! Employers, partnerships, commitments.
