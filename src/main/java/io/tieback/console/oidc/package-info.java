/**
 * Sign-in by OpenID Connect: the authorization code flow with PKCE, and who of the console's people
 * it is that comes back. Knows nothing of pages.
 */
package io.tieback.console.oidc;
