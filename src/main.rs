//! The binary: see [`signet::cli`].

use std::process::ExitCode;

// glibc keeps argon2's large blocks; this one gives them back
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    signet::cli::main()
}
