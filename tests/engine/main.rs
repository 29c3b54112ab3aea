mod absorption;
mod lifecycle;
