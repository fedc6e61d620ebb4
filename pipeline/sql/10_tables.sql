-- One statement a table; the comment of a table says its grain. Money is DECIMAL(18,2) in baht, _be is a Buddhist year.

CREATE TABLE raw_file (
    file_id      VARCHAR PRIMARY KEY,
    path         VARCHAR NOT NULL,
    sha256       VARCHAR,
    bytes        BIGINT NOT NULL,
    status       VARCHAR NOT NULL CHECK (status IN ('loaded', 'superseded', 'duplicate', 'refused', 'ignored')),
    reason       VARCHAR,
    container    VARCHAR,
    received_on  DATE,
    received_how VARCHAR,
    named_province_code VARCHAR
);

CREATE TABLE raw_table (
    table_id     VARCHAR PRIMARY KEY,
    file_id      VARCHAR NOT NULL,
    sheet        VARCHAR NOT NULL,
    table_number INTEGER NOT NULL,
    cell_range   VARCHAR NOT NULL,
    is_hidden    BOOLEAN NOT NULL,
    kind         VARCHAR,
    status       VARCHAR NOT NULL CHECK (status IN ('loaded', 'superseded', 'duplicate', 'refused')),
    reason       VARCHAR,
    title        VARCHAR,
    decided_by   JSON,
    confidence   DOUBLE,
    fingerprint  VARCHAR,
    form         JSON,
    records      INTEGER NOT NULL,
    province_code VARCHAR,
    year_be      INTEGER,
    replaced_by  VARCHAR
);

CREATE TABLE raw_sheet (
    file_id      VARCHAR NOT NULL,
    sheet        VARCHAR NOT NULL,
    sheet_number INTEGER NOT NULL,
    is_hidden    BOOLEAN NOT NULL,
    merges       JSON NOT NULL,
    captions     JSON NOT NULL,
    PRIMARY KEY (file_id, sheet_number)
);

CREATE TABLE raw_row (
    file_id    VARCHAR NOT NULL,
    table_id   VARCHAR,
    sheet      VARCHAR NOT NULL,
    row_number INTEGER NOT NULL,
    role       VARCHAR NOT NULL
        CHECK (role IN ('title', 'header', 'record', 'section', 'subtotal', 'total', 'note', 'refused')),
    cells      JSON NOT NULL USING COMPRESSION zstd
);

CREATE TABLE core_province (
    province_code VARCHAR PRIMARY KEY,
    iso_code      VARCHAR NOT NULL UNIQUE,
    name_th       VARCHAR NOT NULL UNIQUE,
    name_en       VARCHAR NOT NULL UNIQUE,
    slug          VARCHAR NOT NULL UNIQUE,
    cluster       VARCHAR,
    region4       VARCHAR NOT NULL,
    region6       VARCHAR NOT NULL,
    is_pilot      BOOLEAN NOT NULL
);

CREATE TABLE core_project (
    project_id       VARCHAR NOT NULL,
    province_code    VARCHAR NOT NULL,
    fiscal_year_be   INTEGER,
    project_name     VARCHAR NOT NULL,
    agency_name      VARCHAR,
    plan_group       VARCHAR,
    section          VARCHAR,
    activity         VARCHAR,
    objective        VARCHAR,
    target           VARCHAR,
    target_group     VARCHAR,
    kpi              VARCHAR,
    area             VARCHAR,
    period_text      VARCHAR,
    start_date       DATE,
    end_date         DATE,
    fund_source      VARCHAR,
    expense_category VARCHAR,
    note             VARCHAR,
    is_current       BOOLEAN NOT NULL DEFAULT true,
    file_id          VARCHAR NOT NULL,
    sheet            VARCHAR NOT NULL,
    row_number       INTEGER NOT NULL
);

CREATE TABLE core_amount (
    project_id     VARCHAR NOT NULL,
    fiscal_year_be INTEGER NOT NULL,
    measure        VARCHAR NOT NULL,
    period         VARCHAR NOT NULL,
    category       VARCHAR,
    fund_source    VARCHAR,
    amount_baht    DECIMAL(18, 2),
    unit           VARCHAR NOT NULL,
    text           VARCHAR,
    file_id        VARCHAR NOT NULL,
    sheet          VARCHAR NOT NULL,
    cell           VARCHAR NOT NULL
);

CREATE TABLE core_budget_line (
    line_id        VARCHAR NOT NULL,
    province_code  VARCHAR,
    fiscal_year_be INTEGER NOT NULL,
    ministry       VARCHAR,
    budgetary_unit VARCHAR,
    plan           VARCHAR,
    output         VARCHAR,
    project        VARCHAR,
    category_1     VARCHAR,
    category_2     VARCHAR,
    category_3     VARCHAR,
    category_4     VARCHAR,
    category_5     VARCHAR,
    category_6     VARCHAR,
    item           VARCHAR,
    stage          VARCHAR NOT NULL,
    amount_baht    DECIMAL(18, 2) NOT NULL,
    is_obligation  BOOLEAN NOT NULL,
    document       VARCHAR,
    page           VARCHAR,
    unit           VARCHAR NOT NULL,
    text           VARCHAR,
    file_id        VARCHAR NOT NULL,
    sheet          VARCHAR NOT NULL,
    row_number     INTEGER NOT NULL,
    cell           VARCHAR NOT NULL
);

CREATE TABLE core_feedback (
    province_code  VARCHAR NOT NULL,
    fiscal_year_be INTEGER NOT NULL,
    question       VARCHAR NOT NULL CHECK (question IN ('useful', 'understood', 'satisfied')),
    score          INTEGER CHECK (score BETWEEN 1 AND 5),
    words          VARCHAR,
    is_current     BOOLEAN NOT NULL DEFAULT true,
    file_id        VARCHAR NOT NULL,
    sheet          VARCHAR NOT NULL,
    row_number     INTEGER NOT NULL,
    cell           VARCHAR NOT NULL
);

CREATE TABLE core_indicator (
    province_code  VARCHAR,
    indicator_code VARCHAR NOT NULL,
    year_be        INTEGER NOT NULL,
    period_basis   VARCHAR NOT NULL CHECK (period_basis IN ('FY', 'CY', 'AY', 'point')),
    period         VARCHAR NOT NULL,
    value          DOUBLE,
    unit           VARCHAR,
    source         VARCHAR,
    source_rank    INTEGER NOT NULL,
    text           VARCHAR,
    file_id        VARCHAR NOT NULL,
    sheet          VARCHAR NOT NULL,
    cell           VARCHAR NOT NULL
);

CREATE TABLE core_indicator_definition (
    indicator_code VARCHAR PRIMARY KEY,
    name_th        VARCHAR NOT NULL,
    topic          VARCHAR NOT NULL,
    unit           VARCHAR,
    period_basis   VARCHAR NOT NULL,
    direction      VARCHAR NOT NULL,
    caution_th     VARCHAR,
    is_verified    BOOLEAN NOT NULL,
    is_in_brief    BOOLEAN NOT NULL DEFAULT true,
    numerator_th   VARCHAR,
    denominator_th VARCHAR,
    theme          VARCHAR,
    is_sensitive   BOOLEAN NOT NULL DEFAULT false,
    source         VARCHAR
);

CREATE TABLE core_indicator_break (
    indicator_code VARCHAR NOT NULL,
    year_be        INTEGER NOT NULL,
    why_th         VARCHAR NOT NULL,
    is_verified    BOOLEAN NOT NULL,
    source         VARCHAR NOT NULL,
    PRIMARY KEY (indicator_code, year_be)
);

CREATE TABLE core_release (
    release_name     VARCHAR NOT NULL,
    built_on         DATE NOT NULL,
    data_cutoff      DATE,
    fiscal_year_be   INTEGER,
    is_sample        BOOLEAN NOT NULL,
    pipeline_version VARCHAR NOT NULL
);

CREATE TABLE quality_issue (
    rule          VARCHAR NOT NULL,
    severity      VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    province_code VARCHAR,
    file_id       VARCHAR,
    path          VARCHAR,
    sheet         VARCHAR,
    cell          VARCHAR,
    value         VARCHAR,
    message_th    VARCHAR NOT NULL,
    stage         VARCHAR NOT NULL CHECK (stage IN ('ingest', 'check', 'analyse')),
    rule_group    VARCHAR
);

CREATE TABLE quality_total (
    file_id         VARCHAR NOT NULL,
    sheet           VARCHAR NOT NULL,
    cell            VARCHAR NOT NULL,
    measure         VARCHAR NOT NULL,
    stated_baht     DECIMAL(18, 2) NOT NULL,
    computed_baht   DECIMAL(18, 2) NOT NULL,
    difference_baht DECIMAL(18, 2) NOT NULL,
    province_code   VARCHAR,
    first_row       INTEGER,
    last_row        INTEGER,
    explanation_th  VARCHAR,
    explains_cell   VARCHAR
);

CREATE TABLE quality_count (
    file_id          VARCHAR NOT NULL,
    sheet            VARCHAR NOT NULL,
    cell             VARCHAR NOT NULL,
    counted          VARCHAR NOT NULL,
    stated_count     BIGINT NOT NULL,
    computed_count   BIGINT NOT NULL,
    difference_count BIGINT NOT NULL,
    province_code    VARCHAR,
    first_row        INTEGER,
    last_row         INTEGER,
    explanation_th   VARCHAR
);

CREATE TABLE quality_percent (
    project_id     VARCHAR NOT NULL,
    fiscal_year_be INTEGER NOT NULL,
    measure        VARCHAR,
    stated_pct     DOUBLE NOT NULL,
    decimals       INTEGER NOT NULL,
    file_id        VARCHAR NOT NULL,
    sheet          VARCHAR NOT NULL,
    cell           VARCHAR NOT NULL
);

CREATE TABLE quality_change (
    change              VARCHAR NOT NULL CHECK (change IN ('added', 'removed', 'changed', 'conflict')),
    subject             VARCHAR,
    field               VARCHAR,
    old_value           VARCHAR,
    new_value           VARCHAR,
    province_code       VARCHAR,
    fiscal_year_be      INTEGER,
    earlier_file_id     VARCHAR NOT NULL,
    earlier_sheet       VARCHAR NOT NULL,
    earlier_row_number  INTEGER,
    file_id             VARCHAR NOT NULL,
    sheet               VARCHAR NOT NULL,
    row_number          INTEGER
);

CREATE TABLE quality_check (
    rule          VARCHAR NOT NULL,
    rule_group    VARCHAR NOT NULL,
    province_code VARCHAR,
    n_checked     BIGINT NOT NULL,
    n_failed      BIGINT NOT NULL
);

CREATE TABLE quality_previous (
    province_code VARCHAR NOT NULL,
    kind          VARCHAR NOT NULL,
    records       BIGINT NOT NULL
);

CREATE TABLE quality_asked (
    province_code VARCHAR PRIMARY KEY
);

CREATE TABLE quality_component (
    component  VARCHAR PRIMARY KEY,
    weight     DOUBLE NOT NULL,
    rule_group VARCHAR
);

CREATE TABLE quality_letter (
    letter   VARCHAR PRIMARY KEY,
    at_least DOUBLE NOT NULL
);

CREATE TABLE quality_due (
    kind           VARCHAR NOT NULL,
    fiscal_year_be INTEGER NOT NULL,
    due_on         DATE NOT NULL,
    PRIMARY KEY (kind, fiscal_year_be)
);

CREATE TABLE quality_correction (
    place         VARCHAR NOT NULL,
    file_id       VARCHAR,
    path          VARCHAR NOT NULL,
    sheet         VARCHAR NOT NULL,
    cell          VARCHAR NOT NULL,
    from_text     VARCHAR,
    to_text       VARCHAR,
    who           VARCHAR NOT NULL,
    why           VARCHAR NOT NULL,
    corrected_on  DATE NOT NULL,
    table_id      VARCHAR,
    province_code VARCHAR,
    is_applied    BOOLEAN NOT NULL,
    reason        VARCHAR
);

CREATE TABLE quality_finding_change (
    change          VARCHAR NOT NULL CHECK (change IN ('gone', 'stays', 'new')),
    rule            VARCHAR NOT NULL,
    severity        VARCHAR NOT NULL,
    province_code   VARCHAR,
    file_id         VARCHAR,
    path            VARCHAR,
    sheet           VARCHAR,
    cell            VARCHAR,
    message_th      VARCHAR NOT NULL,
    earlier_path    VARCHAR,
    earlier_sheet   VARCHAR,
    earlier_cell    VARCHAR,
    earlier_release VARCHAR NOT NULL
);

CREATE TABLE quality_former_submission (
    table_id       VARCHAR PRIMARY KEY,
    file_id        VARCHAR NOT NULL,
    kind           VARCHAR NOT NULL,
    province_code  VARCHAR,
    fiscal_year_be INTEGER,
    path           VARCHAR NOT NULL,
    sheet          VARCHAR NOT NULL,
    received_on    DATE,
    n_rows         INTEGER NOT NULL,
    last_release   VARCHAR NOT NULL
);
