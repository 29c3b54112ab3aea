//! Vacancies over HTTP.
