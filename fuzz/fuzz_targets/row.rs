#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    serap_fuzz::row(bytes);
    // Most bytes are refused for their version; with the right one the fuzzer gets further.
    serap_fuzz::row(&[&[serap::engine::matching::row::VERSION], bytes].concat());
});
