package io.tieback.procore;

import io.tieback.construction.ConnectionId;
import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * The Procore side of a connection.
 *
 * @param connection the connection
 * @param companyId the Procore company
 * @param apiUrl address of the API, such as {@code https://api.procore.com}; no path
 * @param loginUrl address of the sign-in, such as {@code https://login.procore.com}; no path
 * @param clientId client id of the service account (GEN-API-01)
 * @param clientSecret its secret; never shown
 * @param webhookAuthorization value of the {@code Authorization} header that Procore sends with
 *     each webhook; never shown
 * @param namespace namespace of the webhook, {@code a-z}, {@code 0-9} and hyphens (Procore
 *     reference section 14)
 * @param webhookDestination public address of this connection's webhook, https; null when webhooks
 *     are set up by hand
 * @param webUrl where people open Procore, such as {@code https://app.procore.com}
 * @param projects ids of the only projects to work on; empty means every permitted one
 * @param applicationId Tieback's own application id at Procore, to leave out what it caused itself
 *     (GEN-API-12); null when unknown
 * @param settings facts about Procore that are uncertain, and limits
 */
public record ProcoreConnection(
    ConnectionId connection,
    long companyId,
    URI apiUrl,
    URI loginUrl,
    String clientId,
    String clientSecret,
    String webhookAuthorization,
    String namespace,
    URI webhookDestination,
    URI webUrl,
    List<Long> projects,
    String applicationId,
    ProcoreSettings settings) {

  public ProcoreConnection {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(settings, "settings");
    projects = List.copyOf(projects);
    bare(apiUrl, "api-url");
    bare(loginUrl, "login-url");
    filled(clientId, "client-id");
    filled(clientSecret, "client-secret");
    filled(webhookAuthorization, "webhook-authorization");
    if (namespace == null || !namespace.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "procore namespace '" + namespace + "' must consist of a-z, 0-9 and hyphens");
    }
  }

  private static void bare(URI address, String name) {
    boolean web =
        address != null
            && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
            && address.getHost() != null;
    boolean path =
        web
            && address.getRawPath() != null
            && !address.getRawPath().isEmpty()
            && !address.getRawPath().equals("/");
    if (!web || path || address.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "procore "
              + name
              + " '"
              + address
              + "' must be http or https with a host and without a path, such as"
              + " https://api.procore.com");
    }
  }

  private static void filled(String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "procore " + name + " is empty; Tieback cannot work without it");
    }
  }

  /** Whether the connection works on a project. */
  public boolean worksOn(long projectId) {
    return projects.isEmpty() || projects.contains(projectId);
  }

  /** Names the connection and the company and says nothing of secrets. */
  @Override
  public String toString() {
    return "Procore company " + companyId + " of connection " + connection + " at " + apiUrl;
  }
}
