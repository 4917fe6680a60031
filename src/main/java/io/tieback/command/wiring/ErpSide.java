package io.tieback.command.wiring;

import io.tieback.erp.ErpAdapter;
import java.net.URI;
import java.util.Optional;

/**
 * The accounting system's side of a connection: what is more than the port, since people sign in.
 */
public interface ErpSide {

  /** The adapter behind the port. */
  ErpAdapter adapter();

  /** The company that was signed in to, when somebody did. */
  Optional<String> companyKey();

  /** The consent that signing in takes; empty for a sign-in that takes none. */
  Optional<Consent> consent();

  /**
   * Ends the sign-in at the accounting system and forgets the tokens.
   *
   * @throws io.tieback.wire.Failure when that was not confirmed; the tokens then stay
   */
  void disconnect();

  /**
   * The company that a sign-in reaches.
   *
   * @param key the accounting system's key of it
   * @param name its name
   */
  record SignedIn(String key, String name) {}

  /** A person consents in the browser. */
  interface Consent {

    /** Where the browser comes back to. */
    URI redirectUri();

    /** The setting that says so. */
    String redirectSetting();

    /**
     * The page to open.
     *
     * @param state unguessable text that comes back
     */
    URI page(String state);

    /**
     * Ends the consent and stores what it gave.
     *
     * @throws io.tieback.wire.Failure when it is no longer good; what was stored before stays
     */
    SignedIn complete(ConsentAnswer answer);
  }
}
