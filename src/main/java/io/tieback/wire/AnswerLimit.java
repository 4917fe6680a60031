package io.tieback.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** Takes no more of an answer's body than its call wants, as it is after unpacking. */
final class AnswerLimit {

  private AnswerLimit() {}

  /** The answer is longer than the call takes. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong(long most) {
      super("the answer has more than " + most + " bytes");
    }
  }

  /** Reading further than that from now on fails with {@link TooLong}. */
  static void put(ClassicHttpResponse response, long most) throws TooLong {
    HttpEntity entity = response.getEntity();
    if (entity == null || most == HttpCall.ANY_LENGTH) {
      return;
    }
    if (entity.getContentLength() > most) {
      throw new TooLong(most);
    }
    response.setEntity(new Limited(entity, most));
  }

  private static final class Limited extends HttpEntityWrapper {
    private final long most;

    Limited(HttpEntity entity, long most) {
      super(entity);
      this.most = most;
    }

    @Override
    public InputStream getContent() throws IOException {
      return new Counted(super.getContent(), most);
    }
  }

  private static final class Counted extends FilterInputStream {
    private final long most;
    private long read;

    Counted(InputStream in, long most) {
      super(in);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int some = super.read(into, offset, length);
      count(Math.max(0, some));
      return some;
    }

    private void count(int bytes) throws TooLong {
      read += bytes;
      if (read > most) {
        throw new TooLong(most);
      }
    }
  }
}
