package io.tieback.erp.quickbooksonline;

import io.tieback.construction.ConnectionId;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Everything that one connection to a company of QuickBooks Online needs to know. Section numbers
 * are those of the QuickBooks Online reference.
 *
 * @param id the connection's name
 * @param addresses where QuickBooks Online is
 * @param signIn how Tieback signs in
 * @param style how documents are written
 * @param retainage what retainage is kept on
 * @param files how files go along with bills
 * @param subCustomers whether plain sub-customers count as projects too; else only those that
 *     QuickBooks calls projects (section 3.2; QBO-CFG-05)
 * @param zone the company's time zone, for days of moments
 * @param timeout longest wait for an answer: QuickBooks gives up by itself after 120 seconds
 *     (section 1)
 */
public record QuickBooksConnection(
    ConnectionId id,
    Addresses addresses,
    SignIn signIn,
    QuickBooksStyle style,
    Retainage retainage,
    Files files,
    boolean subCustomers,
    ZoneId zone,
    Duration timeout) {

  /** Longer than QuickBooks itself works on a call (section 1). */
  public static final Duration PATIENCE = Duration.ofSeconds(130);

  public QuickBooksConnection {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(addresses, "addresses");
    Objects.requireNonNull(signIn, "signIn");
    Objects.requireNonNull(style, "style");
    Objects.requireNonNull(retainage, "retainage");
    Objects.requireNonNull(files, "files");
    Objects.requireNonNull(zone, "zone");
    if (timeout == null || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "timeout " + timeout + " must be longer than nothing, for instance 130 seconds");
    }
  }

  /**
   * Where QuickBooks Online is (sections 1 and 2); no trailing slashes.
   *
   * @param api base of the Accounting API, such as {@code https://quickbooks.api.intuit.com}
   * @param token the token endpoint
   * @param revoke where tokens are revoked
   * @param consent the page where people consent
   */
  public record Addresses(URI api, URI token, URI revoke, URI consent) {

    public Addresses {
      for (URI address : new URI[] {api, token, revoke, consent}) {
        if (address == null || !address.isAbsolute() || address.toString().endsWith("/")) {
          throw new IllegalArgumentException(
              "address '" + address + "' must be absolute and must not end in a slash");
        }
      }
    }

    /**
     * The hosts, each with Intuit's own paths behind it.
     *
     * @param api host of the Accounting API
     * @param oauth host that gives tokens
     * @param revocation host that revokes them
     * @param consent host of the page where people consent
     */
    public static Addresses at(String api, String oauth, String revocation, String consent) {
      return new Addresses(
          URI.create(api),
          URI.create(oauth + "/oauth2/v1/tokens/bearer"),
          URI.create(revocation + "/v2/oauth2/tokens/revoke"),
          URI.create(consent + "/connect/oauth2"));
    }

    /** One host that serves all of it under Intuit's own paths, such as a stand-in. */
    public static Addresses at(String host) {
      return at(host, host, host, host);
    }
  }

  /**
   * How Tieback signs in (section 2): a person consents in the browser, and tokens rotate.
   *
   * @param clientId the app's id
   * @param clientSecret the app's secret; never shown
   * @param redirectUri where Intuit sends the browser back
   * @param realmId the company that has to be consented to, or null to let the consent decide. The
   *     company that was consented to is kept with the tokens
   */
  public record SignIn(String clientId, String clientSecret, URI redirectUri, String realmId) {

    /** The only right that is needed. */
    public static final String SCOPE = "com.intuit.quickbooks.accounting";

    public SignIn {
      require(clientId, "client id");
      require(clientSecret, "client secret");
      if (redirectUri == null || !redirectUri.isAbsolute()) {
        throw new IllegalArgumentException(
            "redirect address '"
                + redirectUri
                + "' must be absolute, as it is registered with your app");
      }
    }

    private static void require(String value, String name) {
      if (value == null || value.isBlank()) {
        throw new IllegalArgumentException(
            name + " must not be blank; take it from your app on developer.intuit.com");
      }
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
      return "SignIn[clientId="
          + clientId
          + ", redirectUri="
          + redirectUri
          + ", realmId="
          + realmId
          + "]";
    }
  }

  /**
   * How files go along with bills and vendor credits. The limits are UNCERTAIN.
   *
   * @param most most files on one document
   * @param mostBytes most bytes of one file
   */
  public record Files(int most, long mostBytes) {

    /** What is known of QuickBooks. */
    public static final Files STANDARD = new Files(20, 20_000_000);
  }

  /**
   * What retainage is kept on (section 13); each null while it is not chosen.
   *
   * @param item name of the service item of retainage lines
   * @param account number or name of the liability that retainage lies on
   */
  public record Retainage(String item, String account) {

    /** Not chosen. */
    public static final Retainage NONE = new Retainage(null, null);
  }
}
