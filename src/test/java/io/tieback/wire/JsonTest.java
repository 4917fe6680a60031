package io.tieback.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void numbersKeepEveryDigitAndTheirScale() {
    var tree =
        Json.read("{\"a\":1234567890.10,\"b\":0.1000,\"c\":12345678901234567890.12,\"d\":1E+3}");
    assertThat(tree.get("a").decimalValue()).isEqualTo(new BigDecimal("1234567890.10"));
    assertThat(tree.get("b").decimalValue()).isEqualTo(new BigDecimal("0.1000"));
    assertThat(tree.get("c").decimalValue()).isEqualTo(new BigDecimal("12345678901234567890.12"));
    assertThat(Json.write(tree))
        .isEqualTo("{\"a\":1234567890.10,\"b\":0.1000,\"c\":12345678901234567890.12,\"d\":1000}");
  }

  @Test
  void refusesWhatIsNotOneJsonText() {
    assertThatThrownBy(() -> Json.read("{\"a\":1} {\"b\":2}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.read("{\"a\":")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void queriesAreEncodedInOrder() {
    assertThat(
            new Query()
                .with("filters[item_id]", 5)
                .with("none", null)
                .with("q", "a b+c&d")
                .after("/x"))
        .isEqualTo("/x?filters%5Bitem_id%5D=5&q=a%20b%2Bc%26d");
    assertThat(new Query().after("/x")).isEqualTo("/x");
  }
}
