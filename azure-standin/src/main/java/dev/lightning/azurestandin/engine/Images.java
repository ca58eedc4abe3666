package dev.lightning.azurestandin.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches images, as long as somebody waits for it and longer. */
public final class Images {
    /** What is known of an image after a while. */
    public enum Found {
        /** It can be run. */
        HERE,
        /** It is on its way, or its registry is slow to say no. */
        COMING,
        /** There is no such image, or nobody who may have it. */
        MISSING
    }

    private final DockerClient client;

    /** For one engine. */
    public Images(Engine engine) {
        this.client = engine.client();
    }

    /** Sees to it that it is there, and says how far that is after this time. */
    public Found fetch(String image, @Nullable AuthConfig credentials, Duration patience) throws InterruptedException {
        if (isHere(image)) {
            return Found.HERE;
        }
        PullImageCmd pull = client.pullImageCmd(image);
        if (credentials != null) {
            pull.withAuthConfig(credentials);
        }
        try {
            Fetching fetching = pull.exec(new Fetching());
            if (!fetching.awaitCompletion(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Found.COMING;
            }
        } catch (RuntimeException e) {
            return Found.MISSING;
        }
        return isHere(image) ? Found.HERE : Found.MISSING;
    }

    private boolean isHere(String image) {
        try {
            client.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static final class Fetching extends ResultCallbackTemplate<Fetching, PullResponseItem> {
        /** Older engines say it in the old place only. */
        @Override
        @SuppressWarnings("deprecation")
        public void onNext(PullResponseItem item) {
            ResponseItem.ErrorDetail detail = item.getErrorDetail();
            String error = detail == null ? item.getError() : detail.getMessage();
            if (error != null) {
                onError(new DockerException(error, 500));
            }
        }
    }
}
