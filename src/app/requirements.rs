//! From a company’s words to competency units.
