package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.lightning.providers.runtime.PullPolicy;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the image of a run is there, as far as the run's pull policy allows. */
final class Images {
    private static final Logger log = LoggerFactory.getLogger(Images.class);

    private final DockerClient engine;
    private final EngineTrouble trouble;

    Images(DockerClient engine, EngineTrouble trouble) {
        this.engine = engine;
        this.trouble = trouble;
    }

    /** Gives the program that the image itself names; a request without one of its own needs it. */
    List<String> program(RunRequest request) throws InterruptedException {
        String image = request.image();
        if (image == null || image.isBlank()) {
            throw new RunRejectedException("A run in a container needs an image", null);
        }
        if (request.pull() == PullPolicy.ALWAYS) {
            fetch(image);
        }
        try {
            return program(request, inspect(image));
        } catch (NotFoundException e) {
            if (request.pull() == PullPolicy.NEVER) {
                throw EngineTrouble.missing(image, e);
            }
        }
        fetch(image);
        try {
            return program(request, inspect(image));
        } catch (NotFoundException e) {
            throw EngineTrouble.missing(image, e);
        }
    }

    private InspectImageResponse inspect(String image) {
        return engine.inspectImageCmd(image).exec();
    }

    private static List<String> program(RunRequest request, InspectImageResponse image) {
        ContainerConfig config = image.getConfig();
        List<String> program = new ArrayList<>();
        if (config != null) {
            Stream.of(config.getEntrypoint(), config.getCmd())
                    .filter(part -> part != null)
                    .forEach(part -> program.addAll(Arrays.asList(part)));
        }
        if (program.isEmpty() && request.command().isEmpty()) {
            throw new RunRejectedException(
                    "The image " + request.image() + " names no program and the tool has no command", null);
        }
        return program;
    }

    private void fetch(String image) throws InterruptedException {
        log.info("event=image.pull image={}", image);
        try {
            engine.pullImageCmd(image).exec(new Fetching()).awaitCompletion();
        } catch (RuntimeException e) {
            throw trouble.fetching(image, e);
        }
    }

    /** Takes podman's lines, which have no status, and passes an error among them on. */
    private static final class Fetching extends ResultCallbackTemplate<Fetching, PullResponseItem> {
        /** Older engines say it in the old place only. */
        @Override
        @SuppressWarnings("deprecation")
        public void onNext(PullResponseItem item) {
            ResponseItem.ErrorDetail detail = item.getErrorDetail();
            String error = detail == null ? item.getError() : detail.getMessage();
            if (error != null) {
                onError(new DockerException(error, HttpURLConnection.HTTP_INTERNAL_ERROR));
            }
        }
    }
}
