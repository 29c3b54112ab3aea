//! Vacancies: what they are made of, what their texts mean, and the moves they make.
