#![no_main]
libfuzzer_sys::fuzz_target!(|text: &str| {
    let _status = serap_fuzz::resolver(text);
});
