//! Undoing an answer within its window.
