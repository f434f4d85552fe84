//! What a worker gives up before it reads a stranger's file: whoever takes it over finds a process that can reckon, read
//! its standard input and write its standard output.

use std::io;
use std::time::Duration;

/// The most memory that a worker may have, with the libraries of the window that every process of this binary loads:
/// three decoded photographs of the largest kind. macOS keeps no such limit.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 2 * 1024 * 1024 * 1024;

/// Bounds what it takes, for good: memory, computing time, files. Nothing of it is written down where it ends: its
/// memory holds a file of somebody's. Error: it must not go on.
#[cfg(unix)]
pub(super) fn bound(computing: Duration) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        #[cfg(target_os = "linux")]
        (Resource::As, MEMORY),
        (Resource::Cpu, computing.as_secs()),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, 0),
    ];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    // A program that gathers core dumps does not ask for the limit, and nobody else may look in.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// Windows has no limits of this kind.
#[cfg(not(unix))]
pub(super) fn bound(_: Duration) -> io::Result<()> {
    Ok(())
}

/// Leaves all of its threads nothing to ask of the system but memory, the time and what is listed here: no file, no
/// network, no process. Error: it must not go on.
#[cfg(target_os = "linux")]
pub(super) fn close() -> io::Result<()> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};
    let filter = || -> Result<BpfProgram, seccompiler::BackendError> {
        let architecture = TargetArch::try_from(std::env::consts::ARCH)?;
        // What is asked for all the same is refused as it is to those who may not, and does not end the process: which
        // calls a C library makes is its own affair.
        let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        SeccompFilter::new(allowed()?.into_iter().collect(), refused, SeccompAction::Allow, architecture)?
            .try_into()
    };
    seccompiler::apply_filter_all_threads(&filter().map_err(io::Error::other)?).map_err(io::Error::other)
}

#[cfg(target_os = "linux")]
fn allowed() -> Result<Vec<(i64, Vec<seccompiler::SeccompRule>)>, seccompiler::BackendError> {
    use seccompiler::{SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompRule};
    let first = |value: u32| {
        let is = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value.into())?;
        SeccompRule::new(vec![is])
    };
    let anyhow = [
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_clock_gettime,
        libc::SYS_getrandom,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_getpid,
        libc::SYS_gettid,
        // A thread of a library may be on its way to its first line, and the C library ends the process without these.
        libc::SYS_rseq,
        libc::SYS_set_robust_list,
        libc::SYS_sched_getaffinity,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    let mut allowed: Vec<_> = anyhow.map(|call| (call, Vec::new())).into();
    // Whatever else is open in the app may be open here as well.
    allowed.push((libc::SYS_read, vec![first(0)?]));
    allowed.push((libc::SYS_write, vec![first(1)?, first(2)?]));
    // The last words of the C library.
    allowed.push((libc::SYS_writev, vec![first(2)?]));
    // It may end itself.
    allowed.push((libc::SYS_tgkill, vec![first(std::process::id())?]));
    Ok(allowed)
}

/// On the other systems it keeps what the app may do.
#[cfg(not(target_os = "linux"))]
pub(super) fn close() -> io::Result<()> {
    Ok(())
}
