package io.tieback.procore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.wire.Json;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("GEN-API-09: a record that comes again is told apart by its figures alone")
class FiguresDigestTest {

  private static final String FIRST =
      "[{'id':1,'amount':'100.00','note':'a'},{'id':2,'amount':'-5.5','note':'b'}]";

  private static String digest(String json) {
    return FiguresDigest.of(
        Json.read(json.replace('\'', '"')), "id", List.of("amount", "retained"));
  }

  @Test
  void theSameFiguresGiveTheSameDigestHoweverTheyAreWritten() {
    assertThat(digest(FIRST))
        .isEqualTo(
            digest("[{'id':2,'amount':-5.50,'note':'x'},{'id':1,'amount':100,'retained':null}]"))
        .hasSize(64);
  }

  @Test
  void anotherFigureLineOrPlaceGivesAnother() {
    assertThat(digest(FIRST))
        .isNotEqualTo(digest("[{'id':1,'amount':'100.01'},{'id':2,'amount':'-5.5'}]"))
        .isNotEqualTo(digest("[{'id':1,'amount':'100.00'}]"))
        .isNotEqualTo(digest("[{'id':2,'amount':'100.00'},{'id':1,'amount':'-5.5'}]"))
        .isNotEqualTo(
            digest("[{'id':1,'amount':'100.00','retained':'1'},{'id':2,'amount':'-5.5'}]"));
  }

  @Test
  void noListCountsAsNone() {
    assertThat(digest("{}")).isEqualTo(digest("[]"));
  }
}
