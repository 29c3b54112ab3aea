//! Programmes, batches, rolls and results.
