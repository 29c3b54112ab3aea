//! Vacancies and their requirements.
