// A command of any kind as a value, and the queue of a frame.
#include "client/app/command.hpp"

#include <doctest/doctest.h>

namespace lianxin::test {

namespace ca = client::app;

TEST_CASE("a command is of one kind; its copy is its own") {
  ca::Command first = ca::Search{"赵", 20};
  REQUIRE(first.as<ca::Search>() != nullptr);
  CHECK(first.as<ca::Lock>() == nullptr);
  const ca::Command copy = first;
  first = ca::Lock{true};
  REQUIRE(copy.as<ca::Search>() != nullptr);
  CHECK(copy.as<ca::Search>()->query == "赵");
  CHECK(copy.as<ca::Search>()->from == 20);
  CHECK(first.as<ca::Search>() == nullptr);
  CHECK(std::get<ca::Lock>(first.any()).idle);
}

TEST_CASE("the commands of a frame are taken once, in their order") {
  ca::CommandQueue queue;
  CHECK(queue.empty());
  queue.push(ca::StartSync{});
  queue.push(ca::Search{"钱"});
  const std::vector<ca::Command> taken = queue.take();
  REQUIRE(taken.size() == 2);
  CHECK(taken[0].as<ca::StartSync>() != nullptr);
  CHECK(taken[1].as<ca::Search>()->query == "钱");
  CHECK(queue.empty());
  CHECK(queue.take().empty());
}

}  // namespace lianxin::test
