//! Compiles a function of arithmetic also for the wider vectors a machine may have, and picks at run time.

/// Defines `fn outer` that runs `inner` (an `#[inline(always)]` function) with the widest vectors of the machine.
/// A macro, because closures cannot be marked to be inlined. References carry the lifetime `'a`.
macro_rules! wide {
    ($(#[$doc:meta])* fn $outer:ident = $inner:ident ( $($arg:ident : $ty:ty),* $(,)? )) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        fn $outer<'a>($($arg: $ty),*) {
            struct Task<'a> { $($arg: $ty),* }
            impl<'a> pulp::NullaryFnOnce for Task<'a> {
                type Output = ();
                #[inline(always)]
                fn call(self) {
                    let Task { $($arg),* } = self;
                    $inner($($arg),*);
                }
            }
            pulp::Arch::new().dispatch(Task { $($arg),* });
        }
    };
}

pub(crate) use wide;
