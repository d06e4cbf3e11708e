//! What has to happen next before a code may be issued. Asked again after each interaction, so that no step can be
//! skipped (OIDC Core §3.1.2.3 and §3.1.2.4).

use std::time::Duration;

use super::acr::Level;
use super::authorize::{AuthRequest, Prompt};
use super::check::Check;
use super::error::{Code, Refusal};
use super::right;
use super::scope::Scope;
use crate::base::time::Ts;

/// What is known when the question is asked.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub session: Option<SessionFacts<'a>>,
    /// What the person has allowed this client before.
    pub consented: &'a Scope,
    /// An app of the same house asks for no consent, but for scopes of Signet itself.
    pub first_party: bool,
    pub now: Ts,
}

#[derive(Debug, Clone, Copy)]
pub struct SessionFacts<'a> {
    pub sub: &'a str,
    pub auth_time: Ts,
    /// The sign-in happened after this request began.
    pub is_fresh: bool,
    /// How sure the sign-in is, and how sure it can be made by a further factor of this person.
    pub level: Level,
    pub reach: Level,
    /// The app, or a role of the person, wants a second factor whatever the request says.
    pub demanded: bool,
    /// Allow was pressed for this very request, in this session.
    pub has_consented: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Show the sign-in page.
    Login,
    /// Ask for a second factor.
    SecondFactor,
    /// Have the person set a second factor up first.
    SetUp,
    /// Show the consent page.
    Consent,
    Issue,
    Refuse(Refusal),
}

/// The first step that is still missing. `prompt=none` turns each into its error.
pub fn next(request: &AuthRequest, facts: &Facts<'_>) -> Step {
    let silent = request.wants(Prompt::None);
    let Some(session) = &facts.session else {
        return if silent { refuse(Code::LoginRequired, Check::Session, "a session", "none") } else { Step::Login };
    };
    if !session.is_fresh
        && let Some(received) = stale(request, session, facts.now)
    {
        let fresh = "a fresh sign-in";
        return if silent { refuse(Code::LoginRequired, Check::Session, fresh, received) } else { Step::Login };
    }
    if request.expected_sub.as_deref().is_some_and(|expected| expected != session.sub) {
        let ask = !silent && !session.is_fresh;
        let other = "another person is signed in";
        return if ask {
            Step::Login
        } else {
            refuse(Code::LoginRequired, Check::IdTokenHint, "the named person", other)
        };
    }
    if let Some(step) = surer(request, session) {
        return step;
    }
    match missing_consent(request, facts, session) {
        None => Step::Issue,
        Some(missing) if silent => refuse(Code::ConsentRequired, Check::Consent, "consent", &missing),
        Some(_) => Step::Consent,
    }
}

/// Why the session is not enough, if it is not.
fn stale(request: &AuthRequest, session: &SessionFacts<'_>, now: Ts) -> Option<&'static str> {
    if request.wants(Prompt::Login) || request.wants(Prompt::SelectAccount) {
        return Some("an earlier sign-in");
    }
    let max_age = Duration::from_secs(request.max_age?);
    // max_age=0 is prompt=login (OIDC Core §3.1.2.1, errata 2)
    let too_old = now.since(session.auth_time) > max_age || max_age.is_zero();
    too_old.then_some("a sign-in older than max_age")
}

/// What is missing where more is asked for than was proved. What is demanded comes first and by itself: whatever an app
/// wishes beside it, nobody gets by without it.
fn surer(request: &AuthRequest, session: &SessionFacts<'_>) -> Option<Step> {
    demanded(request, session).or_else(|| wished(request, session))
}

/// The second factor that the app, or a role of the person, wants whatever the request says.
fn demanded(request: &AuthRequest, session: &SessionFacts<'_>) -> Option<Step> {
    if !session.demanded || session.level.satisfies(Level::Multi) {
        return None;
    }
    let refusal = |received| refuse(Code::InteractionRequired, Check::Acr, "a second factor", received);
    Some(match (session.reach.satisfies(Level::Multi), request.wants(Prompt::None)) {
        (true, false) => Step::SecondFactor,
        (true, true) => refusal(session.level.text()),
        (false, false) => Step::SetUp,
        (false, true) => refusal("a person who has none yet"),
    })
}

/// What the request asks for. What the person cannot prove at all is told by the ID token when it was a wish
/// (`acr_values`, OIDC Core §3.1.2.1), and ends the request when it was essential (§5.5.1.1).
fn wished(request: &AuthRequest, session: &SessionFacts<'_>) -> Option<Step> {
    let essential = !request.claims.acr.is_empty();
    let unmet =
        || refuse(Code::UnmetAuthenticationRequirements, Check::Acr, "an acr that was asked for", session.level.text());
    let Some(wanted) = request.wanted_level() else { return essential.then(unmet) };
    if session.level.satisfies(wanted) {
        return None;
    }
    match (session.reach.satisfies(wanted), request.wants(Prompt::None)) {
        (true, true) => Some(refuse(Code::InteractionRequired, Check::Acr, "a further factor", session.level.text())),
        (true, false) => Some(Step::SecondFactor),
        (false, _) => essential.then(unmet),
    }
}

fn missing_consent(request: &AuthRequest, facts: &Facts<'_>, session: &SessionFacts<'_>) -> Option<String> {
    if session.has_consented {
        return None;
    }
    if request.wants(Prompt::Consent) {
        return Some("prompt=consent".to_owned());
    }
    let needed = request.needed();
    // an app of the same house is trusted with who somebody is, not with what somebody may do here
    let is_asked = |scope: &&str| !facts.first_party || scope.starts_with(right::SCOPE);
    let missing = needed.iter().filter(is_asked).find(|scope| !facts.consented.contains(scope));
    missing.map(|scope| format!("no consent for {scope}"))
}

fn refuse(code: Code, check: Check, expected: &str, received: &str) -> Step {
    let reason = match code {
        Code::ConsentRequired => "the person has to give consent first",
        Code::InteractionRequired => "the person has to show a further factor first",
        Code::UnmetAuthenticationRequirements => "the person cannot sign in as surely as the app wants",
        _ => "the person has to sign in first",
    };
    Step::Refuse(code.because(reason).at(check, expected, received))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(prompt: &[Prompt]) -> AuthRequest {
        AuthRequest {
            client_id: "app".into(),
            redirect_uri: "https://rp.test/cb".into(),
            mode: super::super::return_to::Mode::Query,
            state: None,
            scope: Scope::parse("openid email"),
            nonce: None,
            code_challenge: None,
            prompt: prompt.to_vec(),
            max_age: None,
            login_hint: None,
            acr_values: Vec::new(),
            ui_locales: None,
            claims: super::super::claims::ClaimsRequest::default(),
            expected_sub: None,
        }
    }

    const SESSION: SessionFacts<'_> = SessionFacts {
        sub: "ada",
        auth_time: Ts(1000),
        is_fresh: false,
        level: Level::Single,
        reach: Level::Multi,
        demanded: false,
        has_consented: false,
    };

    fn ask(request: &AuthRequest, session: Option<SessionFacts<'_>>, consented: &str) -> Result<Step, Code> {
        let consented = Scope::parse(consented);
        let facts = Facts { session, consented: &consented, first_party: false, now: Ts(1100) };
        match next(request, &facts) {
            Step::Refuse(refusal) => Err(refusal.code),
            step => Ok(step),
        }
    }

    #[test]
    fn the_way_of_a_stranger() {
        let request = request(&[]);
        assert_eq!(ask(&request, None, ""), Ok(Step::Login));
        assert_eq!(ask(&request, Some(SESSION), ""), Ok(Step::Consent));
        assert_eq!(ask(&request, Some(SESSION), "openid"), Ok(Step::Consent), "asked again for what is new");
        assert_eq!(ask(&request, Some(SESSION), "openid email"), Ok(Step::Issue));
    }

    #[test]
    fn prompt_none_never_shows_a_page() {
        let mut request = request(&[Prompt::None]);
        assert_eq!(ask(&request, None, ""), Err(Code::LoginRequired));
        assert_eq!(ask(&request, Some(SESSION), ""), Err(Code::ConsentRequired));
        assert_eq!(ask(&request, Some(SESSION), "openid email"), Ok(Step::Issue));
        request.expected_sub = Some("eve".into());
        assert_eq!(ask(&request, Some(SESSION), "openid email"), Err(Code::LoginRequired));
        request.expected_sub = None;
        request.max_age = Some(99);
        assert_eq!(ask(&request, Some(SESSION), "openid email"), Err(Code::LoginRequired));
        request.max_age = Some(100);
        assert_eq!(ask(&request, Some(SESSION), "openid email"), Ok(Step::Issue));
    }

    #[test]
    fn prompts_are_satisfied_by_what_happened_since() {
        let fresh = SessionFacts { is_fresh: true, ..SESSION };
        for prompt in [Prompt::Login, Prompt::SelectAccount] {
            assert_eq!(ask(&request(&[prompt]), Some(SESSION), "openid email"), Ok(Step::Login));
            assert_eq!(ask(&request(&[prompt]), Some(fresh), "openid email"), Ok(Step::Issue));
        }
        let consented = SessionFacts { has_consented: true, ..SESSION };
        assert_eq!(ask(&request(&[Prompt::Consent]), Some(SESSION), "openid email"), Ok(Step::Consent));
        assert_eq!(ask(&request(&[Prompt::Consent]), Some(consented), ""), Ok(Step::Issue));
    }

    #[test]
    fn the_wrong_person_cannot_sign_in_for_another() {
        let mut request = request(&[]);
        request.expected_sub = Some("eve".into());
        assert_eq!(ask(&request, Some(SESSION), "openid email"), Ok(Step::Login));
        let fresh = SessionFacts { is_fresh: true, ..SESSION };
        assert_eq!(ask(&request, Some(fresh), "openid email"), Err(Code::LoginRequired));
    }

    #[test]
    fn a_surer_sign_in_is_asked_for_where_it_can_be_had() {
        let asking = |prompt: &[Prompt], level: Level| {
            let mut request = request(prompt);
            request.acr_values = vec!["urn:unknown".into(), level.text().into()];
            request
        };
        let (multi, phishing) = (asking(&[], Level::Multi), asking(&[], Level::Phishing));
        assert_eq!(ask(&multi, Some(SESSION), ""), Ok(Step::SecondFactor));
        assert_eq!(ask(&phishing, Some(SESSION), "openid email"), Ok(Step::Issue), "no passkey to ask for");
        let passkey = SessionFacts { level: Level::Multi, reach: Level::Phishing, ..SESSION };
        assert_eq!(ask(&multi, Some(passkey), "openid email"), Ok(Step::Issue));
        assert_eq!(ask(&phishing, Some(passkey), "openid email"), Ok(Step::SecondFactor));
        let silent = asking(&[Prompt::None], Level::Multi);
        assert_eq!(ask(&silent, Some(SESSION), "openid email"), Err(Code::InteractionRequired));
        let again = asking(&[Prompt::Login], Level::Multi);
        assert_eq!(ask(&again, Some(SESSION), "openid email"), Ok(Step::Login), "first the first factor");
    }

    #[test]
    fn a_factor_that_is_demanded_is_shown_or_set_up() {
        let demanded = SessionFacts { demanded: true, ..SESSION };
        assert_eq!(ask(&request(&[]), Some(demanded), "openid email"), Ok(Step::SecondFactor));
        let none = SessionFacts { reach: Level::Single, ..demanded };
        assert_eq!(ask(&request(&[]), Some(none), "openid email"), Ok(Step::SetUp));
        assert_eq!(ask(&request(&[Prompt::None]), Some(none), "openid email"), Err(Code::InteractionRequired));
        let shown = SessionFacts { level: Level::Multi, ..none };
        assert_eq!(ask(&request(&[]), Some(shown), "openid email"), Ok(Step::Issue));
    }

    #[test]
    fn no_wish_gets_by_what_is_demanded() {
        let demanded = SessionFacts { demanded: true, ..SESSION };
        let none = SessionFacts { reach: Level::Single, ..demanded };
        let levels = [Level::Single, Level::Multi, Level::Phishing].map(Level::text);
        for wish in levels.into_iter().chain(["urn:unknown"]) {
            let values = vec![wish.to_owned()];
            let wished = AuthRequest { acr_values: values.clone(), ..request(&[]) };
            let mut essential = request(&[]);
            essential.claims.acr = values;
            for asking in [wished, essential] {
                assert_eq!(ask(&asking, Some(demanded), "openid email"), Ok(Step::SecondFactor), "{wish}");
                assert_eq!(ask(&asking, Some(none), "openid email"), Ok(Step::SetUp), "{wish}");
                let silent = AuthRequest { prompt: vec![Prompt::None], ..asking };
                assert_eq!(ask(&silent, Some(demanded), "openid email"), Err(Code::InteractionRequired), "{wish}");
            }
        }
        let shown = SessionFacts { level: Level::Multi, ..demanded };
        let mut unknown = request(&[]);
        unknown.claims.acr = vec!["urn:unknown".into()];
        let refused = ask(&unknown, Some(shown), "openid email");
        assert_eq!(refused, Err(Code::UnmetAuthenticationRequirements), "what is demanded is not what was essential");
    }

    #[test]
    fn what_is_essential_is_given_or_refused() {
        let mut request = request(&[]);
        request.claims.acr = vec!["urn:unknown".into()];
        assert_eq!(ask(&request, Some(SESSION), "openid email"), Err(Code::UnmetAuthenticationRequirements));
        request.claims.acr.push(Level::Multi.text().into());
        assert_eq!(ask(&request, Some(SESSION), "openid email"), Ok(Step::SecondFactor));
        let none = SessionFacts { reach: Level::Single, ..SESSION };
        assert_eq!(ask(&request, Some(none), "openid email"), Err(Code::UnmetAuthenticationRequirements));
        let shown = SessionFacts { level: Level::Multi, ..none };
        assert_eq!(ask(&request, Some(shown), "openid email"), Ok(Step::Issue));
    }

    #[test]
    fn max_age_zero_is_a_fresh_sign_in() {
        let mut request = request(&[]);
        request.max_age = Some(0);
        let now = SessionFacts { auth_time: Ts(1100), ..SESSION };
        assert_eq!(ask(&request, Some(now), "openid email"), Ok(Step::Login));
    }
}
