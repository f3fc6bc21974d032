// SPDX-License-Identifier: Apache-2.0
#include "models/shipped/SectionSynthesizer.h"

#include <QTest>

#include <algorithm>

using namespace emend;

namespace {

double meanGrey(const SyntheticSection& section, unsigned char wanted)
{
    double sum = 0;
    int count = 0;
    for (size_t i = 0; i < section.grey.size(); ++i) {
        if (section.truth[i] == wanted) {
            sum += double(section.grey[i]);
            ++count;
        }
    }
    return count > 0 ? sum / count : 0;
}

double membraneShare(const SyntheticSection& section)
{
    return double(std::count(section.truth.begin(), section.truth.end(), 1)) /
           double(section.truth.size());
}

} // namespace

class SectionSynthesizerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theSameSeedDrawsTheSameSection()
    {
        const SyntheticSection first = SectionSynthesizer(3).draw(100, 80, 4, 5);
        const SyntheticSection again = SectionSynthesizer(3).draw(100, 80, 4, 5);
        QVERIFY(first.grey == again.grey && first.truth == again.truth);
        QVERIFY(first.grey != SectionSynthesizer(4).draw(100, 80, 4, 5).grey);
        QVERIFY(first.grey != SectionSynthesizer(3).draw(100, 80, 4, 6).grey);
        QCOMPARE(first.grey.size(), size_t(100 * 80));
    }

    void mitochondriaLieInsideOfCells()
    {
        int sectionsWithSome = 0;
        for (int index = 0; index < 8; ++index) {
            const SyntheticSection section = SectionSynthesizer(1).draw(256, 256, 4, index);
            QCOMPARE(section.isMitochondrion.size(), section.truth.size());
            sectionsWithSome += std::ranges::count(section.isMitochondrion, 1) > 0;
            for (size_t i = 0; i < section.truth.size(); ++i)
                QVERIFY(section.isMitochondrion[i] == 0 || section.truth[i] == 2);
        }
        QVERIFY(sectionsWithSome > 2);
    }

    void membranesAreDarkAndThin()
    {
        const SectionSynthesizer synthesizer(1);
        for (int index = 0; index < 8; ++index) {
            const SyntheticSection section = synthesizer.draw(256, 256, 4, index);
            QVERIFY(meanGrey(section, 1) < meanGrey(section, 2) - 0.15);
            QVERIFY(membraneShare(section) > 0.02 && membraneShare(section) < 0.5);
            QVERIFY(std::all_of(section.grey.begin(), section.grey.end(),
                                [](float grey) { return grey >= 0 && grey <= 1; }));
        }
    }

    void membranesKeepTheirWidthInNanometres()
    {
        double fine = 0;
        double coarse = 0;
        for (int index = 0; index < 8; ++index) {
            fine += membraneShare(SectionSynthesizer(2).draw(256, 256, 4, index));
            coarse += membraneShare(SectionSynthesizer(2).draw(128, 128, 8, index));
        }
        QVERIFY(coarse > 0.6 * fine && coarse < 1.7 * fine);
    }
};

QTEST_GUILESS_MAIN(SectionSynthesizerTest)
#include "SectionSynthesizerTest.moc"
