package dev.lightning.providers.model.openai;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/** Keeps the vendor's client within our bounds: no answer fills the memory, and no key is made up where none is set. */
final class OpenAiTransport implements Interceptor {
    static final long LONGEST_ANSWER = 8L << 20;
    private static final long LONGEST_ERROR = 64L << 10;

    private final boolean authorized;

    OpenAiTransport(boolean authorized) {
        this.authorized = authorized;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Response response = chain.proceed(
                authorized
                        ? request
                        : request.newBuilder().removeHeader("Authorization").build());
        ResponseBody body = response.body();
        if (body == null) {
            return response;
        }
        Source bounded = response.isSuccessful() ? new BoundedAnswer(body.source()) : new ShortenedError(body.source());
        return response.newBuilder()
                .body(ResponseBody.create(Okio.buffer(bounded), body.contentType(), -1))
                .build();
    }

    private static final class BoundedAnswer extends ForwardingSource {
        private long seen;

        BoundedAnswer(Source source) {
            super(source);
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            long count = super.read(sink, byteCount);
            seen += Math.max(count, 0);
            if (seen > LONGEST_ANSWER) {
                throw new AnswerTooLargeException(LONGEST_ANSWER);
            }
            return count;
        }
    }

    private static final class ShortenedError extends ForwardingSource {
        private long left = LONGEST_ERROR;

        ShortenedError(Source source) {
            super(source);
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            long count = left == 0 ? -1 : super.read(sink, Math.min(byteCount, left));
            left -= Math.max(count, 0);
            return count;
        }
    }
}
