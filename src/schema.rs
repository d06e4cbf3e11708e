//! Tables. Column types are those that SQLite and PostgreSQL share: `Text`, `BigInt`, `Integer`, `Bool`, `Binary`.

diesel::table! {
    tenant (id) {
        id -> Text,
        name -> Text,
        created_at -> BigInt,
        set_up_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    user (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        username -> Text,
        username_key -> Text,
        email -> Text,
        email_key -> Text,
        email_verified_at -> Nullable<BigInt>,
        name -> Nullable<Text>,
        given_name -> Nullable<Text>,
        family_name -> Nullable<Text>,
        locale -> Nullable<Text>,
        zoneinfo -> Nullable<Text>,
        state -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
        has_profile -> Bool,
        factor_skipped_at -> Nullable<BigInt>,
        unlocked_at -> Nullable<BigInt>,
        last_seen_at -> Nullable<BigInt>,
        kind -> Nullable<Text>,
        theme -> Nullable<Text>,
    }
}

diesel::table! {
    password (tenant_id, user_id) {
        tenant_id -> Text,
        user_id -> Text,
        phc -> Text,
        changed_at -> BigInt,
        must_change -> Bool,
    }
}

diesel::table! {
    password_history (tenant_id, user_id, id) {
        tenant_id -> Text,
        user_id -> Text,
        id -> Text,
        phc -> Text,
        replaced_at -> BigInt,
    }
}

diesel::table! {
    role (tenant_id, name) {
        tenant_id -> Text,
        name -> Text,
        description -> Text,
        built_in -> Bool,
        needs_factor -> Bool,
    }
}

diesel::table! {
    permission (tenant_id, name) {
        tenant_id -> Text,
        name -> Text,
        description -> Text,
    }
}

diesel::table! {
    role_permission (tenant_id, role, permission) {
        tenant_id -> Text,
        role -> Text,
        permission -> Text,
    }
}

diesel::table! {
    user_role (tenant_id, user_id, role) {
        tenant_id -> Text,
        user_id -> Text,
        role -> Text,
        granted_at -> BigInt,
        granted_by -> Text,
    }
}

diesel::table! {
    client (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        name -> Text,
        metadata -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
        name_key -> Text,
    }
}

diesel::table! {
    client_secret (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        client_id -> Text,
        hash -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    redirect_uri (tenant_id, client_id, kind, uri) {
        tenant_id -> Text,
        client_id -> Text,
        kind -> Text,
        position -> Integer,
        uri -> Text,
    }
}

diesel::table! {
    consent (tenant_id, user_id, client_id) {
        tenant_id -> Text,
        user_id -> Text,
        client_id -> Text,
        scope -> Text,
        given_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    session (tenant_id, hash) {
        tenant_id -> Text,
        hash -> Text,
        id -> Text,
        user_id -> Text,
        auth_time -> BigInt,
        acr -> Text,
        amr -> Text,
        address -> Text,
        device -> Text,
        created_at -> BigInt,
        last_seen_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        needs_factor -> Bool,
        kept -> Bool,
        place -> Nullable<Text>,
        latitude -> Nullable<Integer>,
        longitude -> Nullable<Integer>,
        admin_seen_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    auth_request (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        browser_hash -> Text,
        client_id -> Text,
        request -> Text,
        session_then -> Nullable<Text>,
        consented_in -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    grant (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        client_id -> Text,
        user_id -> Text,
        session_id -> Text,
        scope -> Text,
        claims -> Text,
        auth_time -> BigInt,
        acr -> Text,
        amr -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    auth_code (tenant_id, hash) {
        tenant_id -> Text,
        hash -> Text,
        grant_id -> Text,
        client_id -> Text,
        redirect_uri -> Text,
        code_challenge -> Nullable<Text>,
        nonce -> Nullable<Text>,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    refresh_token (tenant_id, hash) {
        tenant_id -> Text,
        hash -> Text,
        grant_id -> Text,
        client_id -> Text,
        issued_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        successor_hash -> Nullable<Text>,
        retried_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    access_token (tenant_id, hash) {
        tenant_id -> Text,
        hash -> Text,
        claims -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    revoked_token (tenant_id, jti) {
        tenant_id -> Text,
        jti -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    signing_key (tenant_id, kid) {
        tenant_id -> Text,
        kid -> Text,
        alg -> Text,
        generation -> Integer,
        private_jwk -> Binary,
        created_at -> BigInt,
        known_at -> BigInt,
        active_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    refusal (tenant_id, reference) {
        tenant_id -> Text,
        reference -> Text,
        at -> BigInt,
        endpoint -> Text,
        code -> Text,
        reason -> Text,
        client_id -> Nullable<Text>,
        address -> Text,
        check_name -> Nullable<Text>,
        expected -> Nullable<Text>,
        received -> Nullable<Text>,
        setting -> Nullable<Text>,
    }
}

diesel::table! {
    audit (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        at -> BigInt,
        action -> Text,
        actor_kind -> Text,
        actor_id -> Nullable<Text>,
        target_kind -> Nullable<Text>,
        target_id -> Nullable<Text>,
        address -> Nullable<Text>,
        device -> Nullable<Text>,
        result -> Text,
        detail -> Text,
        batch_id -> Nullable<Text>,
        changes -> Nullable<Text>,
        seal -> BigInt,
    }
}

diesel::table! {
    outbox (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        channel -> Text,
        kind -> Text,
        sealed -> Binary,
        created_at -> BigInt,
        due_at -> BigInt,
        expires_at -> BigInt,
        attempts -> Integer,
        error -> Nullable<Text>,
        dead_at -> Nullable<BigInt>,
        recipient_hash -> Text,
    }
}

diesel::table! {
    epoch (name) {
        name -> Text,
        number -> BigInt,
    }
}

diesel::table! {
    lease (name) {
        name -> Text,
        holder -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    challenge (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        kind -> Text,
        browser_hash -> Text,
        request_id -> Nullable<Text>,
        user_id -> Nullable<Text>,
        sealed -> Binary,
        code_hash -> Text,
        token_hash -> Text,
        code_expires_at -> BigInt,
        tries -> Integer,
        created_at -> BigInt,
        expires_at -> BigInt,
        proved_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    acceptance (tenant_id, user_id, version) {
        tenant_id -> Text,
        user_id -> Text,
        version -> Text,
        accepted_at -> BigInt,
        address -> Nullable<Text>,
    }
}

diesel::table! {
    factor (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        user_id -> Text,
        kind -> Text,
        name -> Text,
        sealed -> Binary,
        handle -> Text,
        step -> BigInt,
        created_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    known_device (tenant_id, user_id, hash) {
        tenant_id -> Text,
        user_id -> Text,
        hash -> Text,
        first_seen -> BigInt,
        last_seen -> BigInt,
    }
}

diesel::table! {
    backup_code (tenant_id, user_id, hash) {
        tenant_id -> Text,
        user_id -> Text,
        hash -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    trusted_device (tenant_id, hash) {
        tenant_id -> Text,
        hash -> Text,
        id -> Text,
        user_id -> Text,
        device -> Text,
        address -> Text,
        created_at -> BigInt,
        last_used_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    profile (tenant_id, user_id) {
        tenant_id -> Text,
        user_id -> Text,
        middle_name -> Nullable<Text>,
        nickname -> Nullable<Text>,
        page -> Nullable<Text>,
        picture -> Nullable<Text>,
        website -> Nullable<Text>,
        gender -> Nullable<Text>,
        birthdate -> Nullable<Text>,
        sealed_address -> Nullable<Binary>,
        sealed_phone -> Nullable<Binary>,
        phone_hash -> Nullable<Text>,
        updated_at -> BigInt,
        phone_verified_at -> Nullable<BigInt>,
        sealed_bio -> Nullable<Binary>,
        sealed_fields -> Nullable<Binary>,
        sealed_preferences -> Nullable<Binary>,
    }
}

diesel::table! {
    deletion (tenant_id, user_id) {
        tenant_id -> Text,
        user_id -> Text,
        before -> Text,
        begun_by -> Text,
        begun_at -> BigInt,
        due_at -> BigInt,
    }
}

diesel::table! {
    job (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        kind -> Text,
        user_id -> Nullable<Text>,
        input -> Text,
        state -> Text,
        position -> Text,
        done -> BigInt,
        total -> Nullable<BigInt>,
        result -> Nullable<Text>,
        error -> Nullable<Text>,
        tries -> Integer,
        created_at -> BigInt,
        due_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    blob (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        kind -> Text,
        user_id -> Text,
        content_type -> Text,
        size -> BigInt,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    blob_part (tenant_id, blob_id, number) {
        tenant_id -> Text,
        blob_id -> Text,
        number -> Integer,
        bytes -> Binary,
    }
}

diesel::table! {
    batch (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        at -> BigInt,
        actor_kind -> Text,
        actor_id -> Nullable<Text>,
        action -> Text,
        changes -> BigInt,
        undoes -> Nullable<Text>,
        undone_by -> Nullable<Text>,
        expires_at -> BigInt,
        is_final -> Bool,
    }
}

diesel::table! {
    change (tenant_id, batch_id, position) {
        tenant_id -> Text,
        batch_id -> Text,
        position -> BigInt,
        action -> Text,
        target_kind -> Text,
        target_id -> Text,
        sealed -> Binary,
        is_final -> Bool,
    }
}

diesel::table! {
    api_key (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        name -> Text,
        hash -> Text,
        rights -> Text,
        networks -> Text,
        created_at -> BigInt,
        created_by -> Text,
        expires_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
        last_address -> Nullable<Text>,
    }
}

diesel::table! {
    invitation (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        email -> Text,
        email_key -> Text,
        details -> Text,
        client_id -> Nullable<Text>,
        token_hash -> Text,
        created_at -> BigInt,
        created_by -> Text,
        sent_at -> BigInt,
        expires_at -> BigInt,
        accepted_at -> Nullable<BigInt>,
        user_id -> Nullable<Text>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    setting (tenant_id, name) {
        tenant_id -> Text,
        name -> Text,
        value -> Text,
        changed_at -> BigInt,
        changed_by -> Text,
    }
}

diesel::table! {
    logo (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        bytes -> Binary,
        created_at -> BigInt,
    }
}

diesel::table! {
    answered (tenant_id, actor, key_hash) {
        tenant_id -> Text,
        actor -> Text,
        key_hash -> Text,
        request_hash -> Text,
        status -> Nullable<Integer>,
        sealed -> Nullable<Binary>,
        batch_id -> Nullable<Text>,
        expires_at -> BigInt,
    }
}

diesel::table! {
    sign_in_day (tenant_id, day) {
        tenant_id -> Text,
        day -> BigInt,
        ok -> BigInt,
        failed -> BigInt,
    }
}

diesel::table! {
    user_word (tenant_id, word, user_id) {
        tenant_id -> Text,
        word -> Binary,
        user_id -> Text,
    }
}

diesel::table! {
    audit_seal (tenant_id, number) {
        tenant_id -> Text,
        number -> BigInt,
        at -> BigInt,
        first_id -> Text,
        last_id -> Text,
        count -> BigInt,
        personal -> Binary,
        hash -> Text,
    }
}

diesel::table! {
    bulk (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        actor_kind -> Text,
        actor_id -> Nullable<Text>,
        rights -> Text,
        kind -> Text,
        sealed -> Binary,
        is_preview -> Bool,
        state -> Text,
        why -> Nullable<Text>,
        total -> Nullable<BigInt>,
        done -> BigInt,
        changed -> BigInt,
        skipped -> BigInt,
        failed -> BigInt,
        batch_id -> Text,
        created_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    bulk_row (tenant_id, bulk_id, position) {
        tenant_id -> Text,
        bulk_id -> Text,
        position -> BigInt,
        target_kind -> Text,
        target_id -> Nullable<Text>,
        label -> Text,
        label_key -> Nullable<Text>,
        outcome -> Text,
        reason -> Nullable<Text>,
        why -> Text,
    }
}

diesel::table! {
    bulk_part (tenant_id, bulk_id, number) {
        tenant_id -> Text,
        bulk_id -> Text,
        number -> Integer,
        sealed -> Binary,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    tenant,
    user,
    password,
    password_history,
    role,
    permission,
    role_permission,
    user_role,
    client,
    client_secret,
    redirect_uri,
    consent,
    session,
    auth_request,
    grant,
    auth_code,
    refresh_token,
    access_token,
    revoked_token,
    signing_key,
    refusal,
    audit,
    outbox,
    epoch,
    lease,
    challenge,
    profile,
    factor,
    backup_code,
    trusted_device,
    acceptance,
    deletion,
    job,
    blob,
    blob_part,
    batch,
    change,
    api_key,
    invitation,
    setting,
    logo,
    answered,
    sign_in_day,
    user_word,
    audit_seal,
    bulk,
    bulk_row,
    bulk_part
);

diesel::allow_columns_to_appear_in_same_group_by_clause!(grant::client_id, grant::scope, client::name);
