//! Files in, rows out, and back: the acceptance cases of import and export, and files that mean harm.

#[cfg(test)]
mod csv_files;
#[cfg(test)]
mod esco;
#[cfg(test)]
mod export;
#[cfg(test)]
mod gzip;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod other_kinds;
#[cfg(test)]
mod participants;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod support;
#[cfg(test)]
mod words;
#[cfg(test)]
mod xlsx_files;
