package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.console.Caller;
import io.tieback.ledger.ItemState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixture itself: it starts, exports, survives a restart and leaves nothing behind. */
class SiteTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "A connector that is stopped and started again goes on where it was and bills nothing twice;"
          + " its console is there")
  void restarts() {
    try (Site site = Site.small(folder).start()) {
      long first = site.seed().requisitionIds().get(0);
      long second = site.seed().requisitionIds().get(1);
      site.export(first);
      site.restart();
      site.send(second);
      site.accept(second);
      site.awaitState(ItemState.ACKNOWLEDGED, first, second);
      assertThat(site.books().xero().path("bills")).hasSize(2);
      assertThat(site.books().erpStatus(second)).isEqualTo("synced");
      HttpResponse<String> console =
          new Caller("http://" + site.webhook(Site.HARBOUR).getAuthority()).get("/console/sign-in");
      assertThat(console.statusCode()).isEqualTo(200);
      assertThat(console.body()).contains("<title>Sign in · Tieback</title>");
    }
  }
}
