// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/faults/PlainModel.h"

#include <rapidcheck.h>

namespace emend {

/// What somebody, or something, does to a project.
enum class Action {
    disk,
    line,
    rectangle,
    fill,
    relabel,
    predict,
    confirm,
    rename,
    lock,
    undo,
    redo,
    reopen,
    kill
};

constexpr const char* actionNames[] = {"disk",    "line",    "rectangle", "fill", "relabel",
                                       "predict", "confirm", "rename",    "lock", "undo",
                                       "redo",    "reopen",  "kill"};

/// One command; which of the numbers count depends on the action.
struct Command
{
    Action action = Action::disk;
    int z = 0;
    Pixel from;
    Pixel to;
    int radiusPx = 0;
    Label label;
    int number = 1; ///< a class, a group
};

inline std::ostream& operator<<(std::ostream& stream, const Command& command)
{
    return stream << "\n  " << actionNames[int(command.action)] << " z " << command.z << " from ("
                  << command.from.x << ", " << command.from.y << ") to (" << command.to.x << ", "
                  << command.to.y << ") radius " << command.radiusPx << " class "
                  << command.label.classIndex() << " state " << int(command.label.state())
                  << " number " << command.number;
}

inline rc::Gen<Pixel> somePixel()
{
    return rc::gen::build<Pixel>(
        rc::gen::set(&Pixel::x, rc::gen::inRange(0, PlainModel::size.width)),
        rc::gen::set(&Pixel::y, rc::gen::inRange(0, PlainModel::size.height)));
}

inline rc::Gen<Command> someCommand()
{
    const auto action = rc::gen::weightedElement<Action>({{10, Action::disk},
                                                          {8, Action::line},
                                                          {6, Action::rectangle},
                                                          {3, Action::fill},
                                                          {3, Action::relabel},
                                                          {4, Action::predict},
                                                          {2, Action::confirm},
                                                          {2, Action::rename},
                                                          {2, Action::lock},
                                                          {14, Action::undo},
                                                          {9, Action::redo},
                                                          {1, Action::reopen},
                                                          {1, Action::kill}});
    const auto label =
        rc::gen::element(Label(1, LabelState::corrected), Label(2, LabelState::corrected), Label(),
                         Label(3, LabelState::corrected), Label(0, LabelState::ignored));
    return rc::gen::build<Command>(
        rc::gen::set(&Command::action, action),
        rc::gen::set(&Command::z, rc::gen::inRange(0, PlainModel::size.slices)),
        rc::gen::set(&Command::from, somePixel()), rc::gen::set(&Command::to, somePixel()),
        rc::gen::set(&Command::radiusPx, rc::gen::inRange(1, 40)),
        rc::gen::set(&Command::label, label),
        rc::gen::set(&Command::number, rc::gen::inRange(1, PlainModel::classCount + 1)));
}

} // namespace emend
