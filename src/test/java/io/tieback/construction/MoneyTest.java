package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {

  @Test
  void aFigureWithMoreThanTwoDecimalsIsRefusedNotRounded() {
    assertThatThrownBy(() -> Money.of("10.005")).isInstanceOf(ArithmeticException.class);
    assertThat(Money.of("10.500")).hasToString("10.50");
  }
}
