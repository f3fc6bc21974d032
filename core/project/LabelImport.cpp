// SPDX-License-Identifier: Apache-2.0
#include "core/project/LabelImport.h"

#include "core/Error.h"
#include "core/labels/LabelEdit.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("LabelImport", text);
}

/// What each pixel value becomes; values that mean nothing become an untouched label.
std::vector<Label> labelsOfValues(const ClassMap& map, int valueCount)
{
    std::vector<Label> labels(static_cast<size_t>(valueCount));
    for (const auto& [value, classIndex] : map.classOfValue) {
        if (value < valueCount)
            labels[size_t(value)] = Label(classIndex, LabelState::corrected);
    }
    if (map.ignoredValue && *map.ignoredValue < valueCount)
        labels[size_t(*map.ignoredValue)] = Label(0, LabelState::ignored);
    return labels;
}

void checkSize(const ImageStack& labelFile, VolumeSize stackSize)
{
    const VolumeSize size = labelFile.size();
    if (size == stackSize)
        return;
    throw Error(tr("%1 has %2 x %3 pixels and %4 slices, the stack %5 x %6 and %7. Choose the "
                   "labels of this stack.")
                    .arg(labelFile.info().name)
                    .arg(size.width)
                    .arg(size.height)
                    .arg(size.slices)
                    .arg(stackSize.width)
                    .arg(stackSize.height)
                    .arg(stackSize.slices));
}

/// Null when nothing in the tile has a meaning.
TileRef importTile(const ImageStack& labelFile, TileKey key, const std::vector<Label>& labelOfValue,
                   bool& hasClass)
{
    const Rect rect = key.rect().intersected(labelFile.size().sliceRect());
    const GreyImage values = labelFile.read(key.z, rect);
    auto tile = std::make_shared<LabelTile>();
    bool isTouched = false;
    for (int y = 0; y < rect.height; ++y) {
        for (int x = 0; x < rect.width; ++x) {
            const Label label = labelOfValue[values.at(x, y)];
            tile->at(x, y) = label;
            isTouched |= label != Label();
            hasClass |= label.classIndex() != 0;
        }
    }
    return isTouched ? TileRef(tile) : TileRef();
}

} // namespace

ClassMap ClassMap::parse(const QString& text)
{
    ClassMap map;
    const QStringList parts = text.split(QLatin1Char(','));
    for (const QString& part : parts) {
        const qsizetype colon = part.indexOf(QLatin1Char(':'));
        bool isNumber = false;
        const int value = part.left(colon).trimmed().toInt(&isNumber);
        const QString name = part.mid(colon + 1).trimmed();
        const bool isTaken = map.classOfValue.count(value) > 0;
        if (colon < 0 || !isNumber || value < 0 || value > 65535 || name.isEmpty() || isTaken)
            throw Error(tr("\"%1\" does not say which value is which class. Write it like "
                           "0:membrane,255:inside.")
                            .arg(text.left(80)));
        int classIndex = map.classes.indexOf(name);
        if (classIndex == 0)
            classIndex =
                map.classes.add({name, ClassTable::standardColour(map.classes.count() + 1)});
        map.classOfValue[value] = classIndex;
    }
    return map;
}

ClassMap ClassMap::indices(const ClassTable& classes)
{
    ClassMap map;
    map.classes = classes;
    for (int index = 1; index <= classes.count(); ++index)
        map.classOfValue[index] = index;
    return map;
}

LabelVolume importLabels(const ImageStack& labelFile, VolumeSize stackSize, const ClassMap& map,
                         const SliceRange& slices)
{
    checkSize(labelFile, stackSize);
    const std::vector<Label> labelOfValue = labelsOfValues(map, labelFile.maximumGrey() + 1);

    LabelVolume labels(stackSize);
    bool hasClass = false;
    for (int z : slices) {
        for (int row = 0; row < labels.rows(); ++row) {
            for (int column = 0; column < labels.columns(); ++column) {
                const TileKey key{z, column, row};
                const TileRef tile = importTile(labelFile, key, labelOfValue, hasClass);
                if (tile)
                    labels.setTile(key, tile);
            }
        }
    }
    if (!hasClass)
        throw Error(tr("No pixel of %1 has one of the classes. Say which value is which class, "
                       "like --classes 0:membrane,255:inside.")
                        .arg(labelFile.info().name));
    return labels;
}

} // namespace emend
