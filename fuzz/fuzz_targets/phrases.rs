#![no_main]
libfuzzer_sys::fuzz_target!(|text: &str| serap_fuzz::phrases(text));
