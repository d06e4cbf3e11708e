//! Why was it refused? For those who look after apps.

use super::Actor;
use crate::app::Cx;
use crate::base::time::Ts;
use crate::flow::Result;
use crate::flow::explain::{self, Explanation};
use crate::model::refusal::RefusalRow;
use crate::spec::right::Right;
use crate::store::refusal::{self, Wanted};

/// At most `limit` refusals, the latest first.
pub async fn list(cx: Cx<'_>, by: &Actor, wanted: &Wanted, limit: i64) -> Result<Vec<RefusalRow>> {
    by.require(Right::ClientsRead)?;
    Ok(refusal::list(&mut cx.app.db.conn().await?, cx.tenant, wanted, limit).await?)
}

/// Where a list goes on that has come to this one.
pub fn place(row: &RefusalRow) -> String {
    format!("{}.{}", row.at.0, row.reference)
}

/// The opposite of [`place`].
pub fn parse_place(text: &str) -> Option<(Ts, String)> {
    let (at, reference) = text.split_once('.')?;
    Some((Ts(at.parse().ok()?), reference.to_owned()))
}

/// One of them, with the checks of its endpoint in order.
pub async fn show(cx: Cx<'_>, by: &Actor, reference: &str) -> Result<Explanation> {
    by.require(Right::ClientsRead)?;
    explain::explain(cx, reference).await
}

/// What decides about a check, and where it is changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Setting {
    /// As in `client.redirect_uris` or `limits.names_per_address`
    pub name: String,
    /// The address below the API, if it is changed there
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The command, or the variable of the environment
    pub change: String,
}

impl Setting {
    /// A setting of the client, of a role or a key, or else one of the configuration.
    pub fn of(name: &str, client_id: Option<&str>) -> Self {
        let (owner, member) = name.split_once('.').unwrap_or(("", name));
        let client = client_id.unwrap_or("CLIENT_ID");
        let (address, change) = match (owner, member) {
            ("client", "disabled") => {
                (Some(format!("clients/{client}/enable")), format!("signet client enable {client}"))
            }
            ("client", _) => {
                (Some(format!("clients/{client}")), format!("signet client edit {client} --metadata FILE"))
            }
            ("role", _) => (Some("roles".to_owned()), "the permissions of a role".to_owned()),
            ("api_key", _) => (Some("api-keys".to_owned()), "signet api-key create".to_owned()),
            _ if crate::config::key(name).is_some() => {
                (Some(format!("settings/{name}")), format!("signet settings set {name} VALUE"))
            }
            ("", _) => (None, format!("SIGNET__{}", member.to_uppercase())),
            _ => (None, format!("SIGNET__{}__{}", owner.to_uppercase(), member.to_uppercase())),
        };
        Self { name: name.to_owned(), address: address.map(|path| format!("/api/v1/{path}")), change }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_where_it_stopped() {
        assert_eq!(parse_place("1800000000.K7QM-2F9X"), Some((Ts(1_800_000_000), "K7QM-2F9X".to_owned())));
        for odd in ["", "1800000000", "soon.K7QM-2F9X"] {
            assert_eq!(parse_place(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_setting_is_changed_where_it_is() {
        let redirects = Setting::of("client.redirect_uris", Some("app"));
        assert_eq!(redirects.address.as_deref(), Some("/api/v1/clients/app"));
        assert_eq!(redirects.change, "signet client edit app --metadata FILE");
        assert_eq!(Setting::of("client.disabled", Some("app")).change, "signet client enable app");
        let limit = Setting::of("limits.names_per_address", None);
        assert_eq!(limit.address.as_deref(), Some("/api/v1/settings/limits.names_per_address"));
        assert_eq!(limit.change, "signet settings set limits.names_per_address VALUE");
        let fixed = Setting::of("limits.exempt_networks", None);
        assert_eq!((fixed.address, fixed.change.as_str()), (None, "SIGNET__LIMITS__EXEMPT_NETWORKS"));
        assert_eq!(Setting::of("issuer", None).change, "SIGNET__ISSUER");
    }
}
