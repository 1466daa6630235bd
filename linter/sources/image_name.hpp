// When an image's name and the name of a directory, of a project or of what a build calls it mean the same thing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// `text` in small letters and without what separates words: `Catalog.API` and `catalog-api` are `catalogapi`.
std::string plain_name(std::string_view text);

/// The parts of an image's name without registry, tag and digest, each plain: `ghcr.io/acme/shop/cart-service:1` is
/// {acme, shop, cartservice}.
std::vector<std::string> image_parts(std::string_view reference);

/// How many parts, from the last on, are the same where the shorter of both ends there; 0 where they differ.
std::size_t common_ending(const std::vector<std::string>& one, const std::vector<std::string>& other);

/// The names that an image of what is in `directory` may have, the most telling first: of `src/orders/api` these are
/// `ordersapi` and `api`; directories that say nothing (src, app, docker ...) give way to what they are in. `root` is
/// the name of the repository's own directory.
std::vector<std::string> directory_names(std::string_view directory, std::string_view root);

}  // namespace dotdiag
