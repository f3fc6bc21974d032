// SPDX-License-Identifier: Apache-2.0
#include "app/session/ClassMapping.h"

#include <algorithm>

namespace emend {

std::vector<int> mapModelClasses(const QStringList& modelClasses, ClassTable& classes)
{
    std::vector<int> mapping;
    for (const QString& name : modelClasses)
        mapping.push_back(classes.indexOf(name));

    for (int i = 0; i < int(mapping.size()); ++i) {
        if (mapping[size_t(i)] != 0)
            continue;
        const int samePlace = i + 1;
        const bool isFree = classes.contains(samePlace) &&
                            !modelClasses.contains(classes.at(samePlace).name) &&
                            std::find(mapping.begin(), mapping.end(), samePlace) == mapping.end();
        mapping[size_t(i)] =
            isFree
                ? samePlace
                : classes.add({modelClasses[i], ClassTable::standardColour(classes.count() + 1)});
    }
    return mapping;
}

DecidedMembranes decidedMembranes(const LabelVolume& labels, ClassTable classes,
                                  const Checkpoint& model)
{
    const std::vector<int> mapping = mapModelClasses(model.classNames, classes);
    const int membrane = model.membraneClass();
    return {labels, membrane == 0 ? 0 : mapping[size_t(membrane - 1)]};
}

ProbabilityMap mapPlanes(const ProbabilityMap& map, const std::vector<int>& projectClasses,
                         int projectClassCount)
{
    ProbabilityMap mapped{map.width, map.height, projectClassCount, {}, map.stakes};
    const size_t pixels = size_t(map.width) * size_t(map.height);
    mapped.values.resize(pixels * size_t(projectClassCount));
    for (int i = 0; i < map.classCount; ++i) {
        const auto plane = map.plane(i + 1);
        std::copy(plane.begin(), plane.end(),
                  mapped.values.begin() + qptrdiff(pixels) * (projectClasses[size_t(i)] - 1));
    }
    return mapped;
}

} // namespace emend
