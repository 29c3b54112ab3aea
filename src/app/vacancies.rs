//! Vacancies and their states.
