package io.tieback.platform;
/** stub */
public final class SecretBox { static final String ENVIRONMENT_VARIABLE = "TIEBACK_MASTER_KEY"; }
