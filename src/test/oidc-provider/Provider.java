package provider;

import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Spring Authorization Server, an OpenID Provider, for the tests of the console's sign-in. It runs
 * in a process of its own with libraries of its own. Everybody's password is {@code
 * right-password}.
 *
 * <p>Arguments: {@code port} (0 for any), and the addresses to which it may send people back, the
 * first for sign-ins, the second for sign-outs. It prints {@code LISTENING <port>}.
 *
 * <p>Clients: {@code basic}, {@code post} (secrets {@code tieback-secret-basic} and {@code -post})
 * and {@code open} (none). {@code post} gets no claims about the person in its ID token, only at
 * the UserInfo endpoint.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Provider {

  /** Name, mail address and whether that is verified, by user. */
  private static final Map<String, Map<String, Object>> PEOPLE =
      Map.of(
          "paula", person("Paula Porter", "Paula@Example.com", true),
          "piet", person("Piet Post", "piet@example.com", true),
          "olga", person("Olga Open", "olga@example.com", true),
          "uma", person("Uma Unverified", "uma@example.com", false),
          "stan", person("Stan Stranger", "stan@elsewhere.example", true),
          "nina", person("Nina New", "nina@new.example", true),
          "ida", person("Ida Inactive", "ida@example.com", true),
          "max", Map.of("name", "Max Mailless"),
          "double", person("Paula Double", "paula@example.com", true));

  private static Map<String, Object> person(String name, String mail, boolean verified) {
    return Map.of("name", name, "email", mail, "email_verified", verified);
  }

  public static void main(String[] arguments) {
    var context =
        new SpringApplicationBuilder(Provider.class)
            .properties(
                "server.port=" + arguments[0],
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "spring.jmx.enabled=false",
                "server.tomcat.threads.max=8",
                "logging.level.root=warn",
                "provider.in=" + arguments[1],
                "provider.out=" + arguments[2])
            .run();
    System.out.println(
        "LISTENING " + ((WebServerApplicationContext) context).getWebServer().getPort());
    System.out.flush();
    // Ends with the test: whoever started it holds the other end of its input.
    new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (java.io.IOException e) {
                // The other end is gone.
              }
              Runtime.getRuntime().halt(0);
            })
        .start();
  }

  @Bean
  @Order(1)
  SecurityFilterChain protocol(HttpSecurity http) throws Exception {
    http.oauth2AuthorizationServer(
            server -> {
              http.securityMatcher(server.getEndpointsMatcher());
              server.oidc(
                  oidc ->
                      oidc.userInfoEndpoint(
                          info ->
                              info.userInfoMapper(
                                  asked -> {
                                    String name = asked.getAuthorization().getPrincipalName();
                                    return new OidcUserInfo(claims(name));
                                  })));
            })
        .authorizeHttpRequests(all -> all.anyRequest().authenticated())
        .exceptionHandling(
            failed ->
                failed.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")));
    return http.build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            all -> all.requestMatchers("/test/**").permitAll().anyRequest().authenticated())
        .csrf(csrf -> csrf.ignoringRequestMatchers("/test/**"))
        .formLogin(Customizer.withDefaults())
        .build();
  }

  @Bean
  UserDetailsService people() {
    return new InMemoryUserDetailsManager(
        PEOPLE.keySet().stream()
            .map(name -> User.withUsername(name).password("{noop}right-password").build())
            .toList());
  }

  @Bean
  RegisteredClientRepository clients(org.springframework.core.env.Environment given) {
    return new InMemoryRegisteredClientRepository(
        Arrays.asList(
            client(
                given,
                "basic",
                to ->
                    to.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .clientSecret("{noop}tieback-secret-basic")),
            client(
                given,
                "post",
                to ->
                    to.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        .clientSecret("{noop}tieback-secret-post")),
            client(
                given,
                "open",
                to -> to.clientAuthenticationMethod(ClientAuthenticationMethod.NONE))));
  }

  private static RegisteredClient client(
      org.springframework.core.env.Environment given,
      String id,
      Consumer<RegisteredClient.Builder> authentication) {
    RegisteredClient.Builder client = RegisteredClient.withId(id).clientId(id);
    authentication.accept(client);
    return client
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(given.getRequiredProperty("provider.in"))
        .postLogoutRedirectUri(given.getRequiredProperty("provider.out"))
        .scopes(scopes -> scopes.addAll(java.util.List.of("openid", "email", "profile")))
        .clientSettings(ClientSettings.builder().requireProofKey(true).build())
        .build();
  }

  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> idTokens() {
    return context -> {
      if (context.getTokenType().getValue().equals("id_token")
          && !context.getRegisteredClient().getId().equals("post")) {
        context.getClaims().claims(all -> all.putAll(claims(context.getPrincipal().getName())));
      }
    };
  }

  private static Map<String, Object> claims(String user) {
    Map<String, Object> claims = new java.util.LinkedHashMap<>(PEOPLE.get(user));
    claims.put("sub", user);
    return claims;
  }

  /** The keys that it signs with; the newest only, as after an emergency. */
  @Bean
  Keys keys() {
    return new Keys();
  }

  static final class Keys implements JWKSource<SecurityContext> {
    private volatile JWKSet current = fresh();

    @Override
    public java.util.List<com.nimbusds.jose.jwk.JWK> get(
        JWKSelector selector, SecurityContext context) {
      return selector.select(current);
    }

    void change() {
      current = fresh();
    }

    private static JWKSet fresh() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        return new JWKSet(
            new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey((RSAPrivateKey) pair.getPrivate())
                .keyID(UUID.randomUUID().toString())
                .build());
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What whoever runs the provider does. */
  @RestController
  static final class Operation {
    private final Keys keys;

    Operation(Keys keys) {
      this.keys = keys;
    }

    @PostMapping("/test/new-key")
    String newKey() {
      keys.change();
      return "changed";
    }
  }
}
