package dev.lightning.api.openapi;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Leads a browser that knows only the address to the page that explains the rest. */
@RestController
@Hidden
final class FrontDoorController {
    private static final URI PAGE = URI.create("/swagger-ui.html");

    @GetMapping("/")
    ResponseEntity<Void> show() {
        return ResponseEntity.status(HttpStatus.FOUND).location(PAGE).build();
    }
}
