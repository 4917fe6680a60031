package io.tieback.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.console.page.Csv;
import io.tieback.console.page.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that are opened in a spreadsheet: what somebody typed in Procore is no formula there. */
class CsvTest {

  private static String row(Object... cells) {
    Reply.Download file =
        (Reply.Download) Reply.csv("x.csv", new Csv(List.of("head")).row(Arrays.asList(cells)));
    return new String(file.bytes(), StandardCharsets.UTF_8).split("\r\n", 2)[1];
  }

  @Test
  void noCellIsAFormulaWhereverASpreadsheetPartsThem() {
    assertThat(row("=1+1", "+1", "@a", "-a", "\t=1")).isEqualTo("'=1+1,'+1,'@a,'-a,'\t'=1\r\n");
    assertThat(row("pipe; =cmd()", "a;-1;@x"))
        .as("parted at semicolons, as French programs do")
        .isEqualTo("pipe; '=cmd(),a;'-1;'@x\r\n");
    assertThat(row("two\n=lines")).isEqualTo("\"two\n'=lines\"\r\n");
  }

  @Test
  void figuresAndPlainTextStayAsTheyAre() {
    assertThat(row("-12.50", 7, "a = b - c", "x; y", null, "Smith \"Co\", Ltd"))
        .isEqualTo("-12.50,7,a = b - c,x; y,,\"Smith \"\"Co\"\", Ltd\"\r\n");
  }
}
