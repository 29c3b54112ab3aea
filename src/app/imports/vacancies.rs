//! Importing vacancies. Filled in once vacancies can be posted.
