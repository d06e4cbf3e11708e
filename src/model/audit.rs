//! What happened: who did what to whom, from where, with which result.

use diesel::prelude::*;

use super::{BatchId, TenantId};
use crate::base::time::Ts;
use crate::schema::audit;

crate::text_enum! {
    Action {
        SignIn = "sign_in",
        /// Further from the last one than anybody travels in that time.
        SignInTravel = "sign_in.travel",
        SignOut = "sign_out",
        ConsentGive = "consent.give",
        ConsentDeny = "consent.deny",
        ConsentWithdraw = "consent.withdraw",
        SessionEnd = "session.end",
        TokenIssue = "token.issue",
        TokenRefresh = "token.refresh",
        TokenReuse = "token.reuse",
        TokenRevoke = "token.revoke",
        CodeReplay = "code.replay",
        SetUp = "set_up",
        SignUp = "sign_up",
        Recover = "recover",
        UserCreate = "user.create",
        UserDisable = "user.disable",
        UserEnable = "user.enable",
        /// The account is going to be erased.
        UserDelete = "user.delete",
        UserRestore = "user.restore",
        UserErase = "user.erase",
        /// All that is kept of a person was asked for, and fetched.
        ExportBegin = "export.begin",
        ExportFetch = "export.fetch",
        UserUnlock = "user.unlock",
        PasswordSet = "password.set",
        PasswordRequire = "password.require",
        EmailChange = "email.change",
        PhoneChange = "phone.change",
        ProfileChange = "profile.change",
        UsernameChange = "username.change",
        PreferencesChange = "preferences.change",
        /// Which of the tenant's kinds of people somebody is one of; one of the tenant's own fields.
        KindChange = "user.type",
        FieldChange = "user.field",
        FactorAdd = "factor.add",
        FactorRemove = "factor.remove",
        /// Asked for, to happen after a delay; or stopped.
        FactorReset = "factor.reset",
        UserChange = "user.change",
        UserSuspend = "user.suspend",
        UserLock = "user.lock",
        RoleGrant = "role.grant",
        RoleRevoke = "role.revoke",
        RoleCreate = "role.create",
        RoleChange = "role.change",
        RoleDelete = "role.delete",
        PermissionCreate = "permission.create",
        PermissionChange = "permission.change",
        PermissionDelete = "permission.delete",
        InvitationCreate = "invitation.create",
        InvitationSend = "invitation.send",
        InvitationRevoke = "invitation.revoke",
        InvitationAccept = "invitation.accept",
        ApiKeyCreate = "api_key.create",
        ApiKeyChange = "api_key.change",
        ApiKeyRevoke = "api_key.revoke",
        SettingChange = "setting.change",
        /// Several things at once, as a job.
        Bulk = "bulk",
        /// An act of an administrator was taken back.
        Undo = "undo",
        AuditExport = "audit.export",
        ClientCreate = "client.create",
        ClientChange = "client.change",
        ClientDelete = "client.delete",
        ClientRestore = "client.restore",
        ClientDisable = "client.disable",
        ClientEnable = "client.enable",
        SecretRotate = "client.rotate_secret",
        KeyCreate = "key.create",
        KeyRotate = "key.rotate",
        KeyRetire = "key.retire",
    }
}

crate::text_enum! {
    /// Who acts, and what is acted on.
    Party {
        User = "user",
        Client = "client",
        Session = "session",
        Grant = "grant",
        Key = "key",
        Factor = "factor",
        Role = "role",
        Permission = "permission",
        ApiKey = "api_key",
        Invitation = "invitation",
        Setting = "setting",
        Job = "job",
        Batch = "batch",
        /// Somebody at the command line of the server.
        Operator = "operator",
        /// Signet itself, by schedule.
        System = "system",
    }
}

crate::text_enum! {
    Outcome {
        Ok = "ok",
        Failed = "failed",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit, check_for_backend(diesel::pg::Pg, diesel::sqlite::Sqlite))]
pub struct Audit {
    pub tenant_id: TenantId,
    pub id: String,
    pub at: Ts,
    pub action: Action,
    pub actor_kind: Party,
    pub actor_id: Option<String>,
    pub target_kind: Option<Party>,
    pub target_id: Option<String>,
    pub address: Option<String>,
    pub device: Option<String>,
    pub result: Outcome,
    /// A few words; never a secret.
    pub detail: String,
    /// The act of an administrator that it belongs to.
    pub batch_id: Option<BatchId>,
    /// What changed, as [`super::change::Changed`] in JSON.
    pub changes: Option<String>,
    /// The block that it is sealed in; 0 until then.
    pub seal: i64,
}

impl Audit {
    #[must_use]
    pub fn on(mut self, kind: Party, id: &str) -> Self {
        self.target_kind = Some(kind);
        self.target_id = Some(id.to_owned());
        self
    }

    #[must_use]
    pub fn failed(mut self) -> Self {
        self.result = Outcome::Failed;
        self
    }

    #[must_use]
    pub fn detail(mut self, text: impl Into<String>) -> Self {
        self.detail = text.into();
        self
    }
}
