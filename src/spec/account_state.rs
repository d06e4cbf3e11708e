//! The life of an account: the states it can be in, what each of them lets it do, and who may take it from one to
//! another. Two tables; nothing else in the code decides about a state.

use super::check::Check;
use super::error::{Code, Refusal};

crate::text_enum! {
    /// Where an account stands. One that is erased has no row, and so no state.
    State {
        /// Signed up, and not let in yet.
        Pending = "pending",
        Active = "active",
        /// Nobody signs in, because somebody else may know how; who is in stays.
        Locked = "locked",
        /// Shut for a while by whoever manages it.
        Suspended = "suspended",
        /// Shut for good, but there.
        Deactivated = "deactivated",
        /// To be erased when its time has come.
        Deleting = "deleting",
    }
}

crate::text_enum! {
    /// What is done to an account.
    Step {
        Activate = "activate",
        Lock = "lock",
        Unlock = "unlock",
        Suspend = "suspend",
        Deactivate = "deactivate",
        Delete = "delete",
        Restore = "restore",
        Erase = "erase",
    }
}

crate::text_enum! {
    /// Who does it.
    By {
        /// The account's own person.
        Person = "person",
        /// An administrator, also at the command line.
        Manager = "manager",
        /// Signet itself, by a rule or by schedule.
        System = "system",
    }
}

/// What somebody may do with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Sign in anew.
    SignIn,
    /// Go on with a session.
    Session,
    /// Have tokens issued, refreshed and believed, and the person's data told by userinfo.
    Token,
}

/// Where a step leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    State(State),
    /// To where the account was before the deletion began.
    Before,
    Gone,
}

/// Who may take an account from which states to which.
struct Rule {
    step: Step,
    by: &'static [By],
    from: &'static [State],
    to: To,
}

const RULES: &[Rule] = {
    use State as S;
    &[
        Rule {
            step: Step::Activate,
            by: &[By::Manager],
            from: &[S::Pending, S::Active, S::Suspended, S::Deactivated],
            to: To::State(S::Active),
        },
        Rule { step: Step::Lock, by: &[By::Manager, By::System], from: &[S::Active], to: To::State(S::Locked) },
        Rule {
            step: Step::Unlock,
            by: &[By::Person, By::Manager, By::System],
            from: &[S::Locked],
            to: To::State(S::Active),
        },
        Rule {
            step: Step::Suspend,
            by: &[By::Manager],
            from: &[S::Active, S::Locked, S::Suspended],
            to: To::State(S::Suspended),
        },
        Rule {
            step: Step::Deactivate,
            by: &[By::Manager],
            from: &[S::Pending, S::Active, S::Locked, S::Suspended, S::Deactivated],
            to: To::State(S::Deactivated),
        },
        Rule { step: Step::Delete, by: &[By::Person], from: &[S::Active], to: To::State(S::Deleting) },
        Rule {
            step: Step::Delete,
            by: &[By::Manager],
            from: &[S::Pending, S::Active, S::Locked, S::Suspended, S::Deactivated],
            to: To::State(S::Deleting),
        },
        Rule { step: Step::Restore, by: &[By::Person, By::Manager], from: &[S::Deleting], to: To::Before },
        Rule { step: Step::Erase, by: &[By::System], from: &[S::Deleting], to: To::Gone },
    ]
};

impl State {
    /// What an account in this state is good for; all else ends at once when it gets there.
    pub const fn allows(self, what: Use) -> bool {
        match (self, what) {
            (Self::Active, _) | (Self::Locked, Use::Session | Use::Token) => true,
            (Self::Pending | Self::Locked | Self::Suspended | Self::Deactivated | Self::Deleting, _) => false,
        }
    }

    /// Where a step of this one leads to. Fails when the account is in no state for it, or it is not theirs to do.
    pub fn after(self, step: Step, by: By) -> Result<To, Refusal> {
        let of_step = || RULES.iter().filter(move |rule| rule.step == step && rule.by.contains(&by));
        if let Some(rule) = of_step().find(|rule| rule.from.contains(&self)) {
            return Ok(rule.to);
        }
        let from: Vec<&str> = of_step().flat_map(|rule| rule.from).map(|state| state.text()).collect();
        let refusal = Code::AccessDenied.because(format!("an account that is {self} cannot be {}", step.done()));
        let expected = if from.is_empty() { "nobody's to do".to_owned() } else { from.join(" or ") };
        Err(refusal.at(Check::Account, expected, self.text()))
    }
}

impl Step {
    const fn done(self) -> &'static str {
        match self {
            Self::Activate => "enabled",
            Self::Lock => "locked",
            Self::Unlock => "unlocked",
            Self::Suspend => "suspended",
            Self::Deactivate => "disabled",
            Self::Delete => "deleted",
            Self::Restore => "restored",
            Self::Erase => "erased",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line for each step: whose it is, and what becomes of an account that is pending, active, locked, suspended,
    /// deactivated, being deleted. `-`: nothing, as it is refused; `b`: what it was before; `x`: gone.
    const TABLE: &str = "
        activate   person  - - - - - -
        activate   manager a a - a a -
        activate   system  - - - - - -
        lock       person  - - - - - -
        lock       manager - l - - - -
        lock       system  - l - - - -
        unlock     person  - - a - - -
        unlock     manager - - a - - -
        unlock     system  - - a - - -
        suspend    person  - - - - - -
        suspend    manager - s s s - -
        suspend    system  - - - - - -
        deactivate person  - - - - - -
        deactivate manager d d d d d -
        deactivate system  - - - - - -
        delete     person  - e - - - -
        delete     manager e e e e e -
        delete     system  - - - - - -
        restore    person  - - - - - b
        restore    manager - - - - - b
        restore    system  - - - - - -
        erase      person  - - - - - -
        erase      manager - - - - - -
        erase      system  - - - - - x";

    fn letter(to: &Result<To, Refusal>) -> &'static str {
        match to {
            Err(_) => "-",
            Ok(To::Before) => "b",
            Ok(To::Gone) => "x",
            Ok(To::State(State::Pending)) => "p",
            Ok(To::State(State::Active)) => "a",
            Ok(To::State(State::Locked)) => "l",
            Ok(To::State(State::Suspended)) => "s",
            Ok(To::State(State::Deactivated)) => "d",
            Ok(To::State(State::Deleting)) => "e",
        }
    }

    #[test]
    fn every_step_of_everybody_from_every_state() {
        let mut lines = TABLE.lines().filter(|line| !line.is_empty());
        for step in Step::ALL {
            for by in By::ALL {
                let found =
                    State::ALL.iter().map(|state| letter(&state.after(*step, *by))).collect::<Vec<_>>().join(" ");
                let line = lines.next().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(format!("{step} {by} {found}"), line);
            }
        }
        assert_eq!(lines.next(), None);
    }

    #[test]
    fn what_each_state_is_good_for() {
        for (state, sign_in, session, token) in [
            (State::Pending, false, false, false),
            (State::Active, true, true, true),
            (State::Locked, false, true, true),
            (State::Suspended, false, false, false),
            (State::Deactivated, false, false, false),
            (State::Deleting, false, false, false),
        ] {
            let found = [Use::SignIn, Use::Session, Use::Token].map(|what| state.allows(what));
            assert_eq!(found, [sign_in, session, token], "{state}");
        }
    }

    #[test]
    fn a_refusal_says_what_would_have_been_right() {
        let refusal = State::Deleting.after(Step::Activate, By::Manager).unwrap_err();
        assert_eq!(refusal.reason, "an account that is deleting cannot be enabled");
        let why = refusal.why.unwrap();
        assert_eq!(why.expected, "pending or active or suspended or deactivated");
        assert_eq!(why.received, "deleting");
    }
}
