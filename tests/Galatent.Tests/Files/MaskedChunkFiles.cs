namespace Galatent.Tests.Files;

/// <summary>
/// Files that h5py 3.7 wrote, gzipped, in base64: i / 4 for 20 rows from 0, in two chunks. sd, sdf, f and sl name the filters (shuffle,
/// deflate, Fletcher-32, LZF) and the number behind them, in hexadecimal, the mask of filters that were left out for the first chunk (for
/// LZF of both). Further datasets hold what is seldom met.
/// </summary>
internal static class MaskedChunkFiles
{
    /// <summary>The oldest layout (libver earliest): chunks in a B-tree.</summary>
    public const string Earliest = """
        H4sIAAAAAAACA+2dT2zb1h3HHyVFVhXHkez80ZaiVrG1VdeLbTmJsQwwh8Wbl7Wd2gWb0RaLEv+JsmqVEymLsCGJbnFu3g6dsWGA0RWDDsXi0+ABO6jNJUOHQRhS
        IEDRVkmTQQN6UAcf3CFBRoq/J0s0+Wg5kki73w9AfEO+J/55op0PH+nHq+NHv7vL/1U/U/H5mIcFWD0Pifms1DDPy+OUEuUcZd7Fl0vVshAtD9L69fWOvzw2xlhX
        bf367Qx4tLxB86V/axmhDVfGtH+EqTz7Ey1lmp+9pGWC5pffbtzfMq0oJDHgQMbHvh1Ts0DnS46+p/JUe78wiXm1c1vi89qZLEnagj1Uj6dbKVdLguFR5qMzcHgn
        G37o1sp3KEvVcpdbW+NONlL9h0TH5aqWSyydOD8zk5ymdajb1ZZPTc8kT2amGf04KEu1/XG7XNkd2iJ/dfFay7W0PX704g+Pqm0yQu0x8j1x++cpi8vi9S5RBt4T
        1+Orib0vrlegnL8prsd/nxTvdfZ8Vn/fScq3rf99d8CsHXdpyX+P+nXl13c1zvtr5wcAAAAAtirZn07GF9lr2cqd67/tvxxaCH32ZOFdiZ39m+8dtSjcv7R0dvbz
        ymM+/2NHChLb63E9UJfL3v2fPbnijjxwHbuc+9eJxZXdkQddx6IjcuTpLvbSXfMPP9LOFkvlysrqfUVvRjVkeWPbKY7S1R1lmbJCuUK5Snmfkl/muWRRY6D9Nt9+
        Dvie/ht5IW32sfcuXAxu6Pv68J9/kEQrafX39p+/v/Xuxrf36O06mhmcsGqkJn8ONty2nWzXTrbpdt2Weq5o//bQMi+lj9JP2U3ZQxmgDFL2UvbJuUtXnmv1fm6F
        fWx3W26hfqjlfR3ohzLrP3mqri+6ng8t+k9YD/pPAAAAgO3GFvKn1X4b/SlW3ff1hHrE/pSAPwEAAADwJ/v8aeRZm/3JbVA/Z+FPRfgTAAAAAH+y8TnyIRv9SX3+
        2WNQv2zhT+7d8CcAAAAA/mTf809HbPSnp6rHtp4Du8X+JMOfAAAAAPiTjc8/HbXRn9T7d16D+hMW/pSHPwEAAADwJxuff3rRZn/qMqhfsPCnQAD+BAAAAMCfbPOn
        wkQH/EkbR9PDIjSfGBTXH6DMf1Ncb4Sy/B1xPZky8sLWPq9EHlo/fjAnEhB7aBYeCgAAAMBDm/bQmOah7s15qJvej6DUzUwmps9Fh9b56dIpQz8d2FR78HH1J3T+
        GD7VWC9Nq0+Tp6Zpv9JRymHKg/z4aD0d8r1+k/rz5HOPm/jeNfgeAAAAAN9znu9VXm+h75n507PMeNzU9y38aQX+BAAAAMCfnOdPA+c74E/HmfG4qYGg2J+mgvAn
        AAAAAP7kOH9avtxCf+LPvfGn6RI/Ftfn9yUrcXE9Xlz6mbgef/97OLO1zyuRhxqOP2vhoTfhoQAAAAA81HkeujrXQg9tdvzZioU/7eyFPwEAAADwJ8f508hvOuBP
        ZuPPPtMr9qfn4U8AAAAA/Ml5/pT9fQf8yWz82YSFPy3DnwAAAAD4k/P8if2phf7EnyObpfn4RXH9LGX5irhejjLya3G9Oe5lv9va51Wz4/jetPDQr/fBQwEAAAB4
        qOM8dHGphR4qKUcgag93bb+abA+XS2rYb+kv97QaIRMTdcr5IVX3n+9lkL6PWylqoFOt81Oj8X3lPrGfzsNPAQAAAPhp034a1vxU2rBvlv5q6JvxjrSH6O9EjXiH
        /Oi4iT/VGg7+BAAAAMCf2udP4esO9KcYMx4v9/gesT+9DX8CAAAA4E/t96f4PxzoT2bj5a5a+NPze+FPAAAAAPyp7f60+IED/SnGjMd5LX4k9qfwx/AnAAAAYHtT
        HNWyRFmmrFCuUK5S3qdUJKqKi9JD6aX0Ufopuyl7KAOUQcpeyj45d+nKc63ex9HM4MRW2E+05ZerLdu/j83+OiiVKyur95XLiVENWX6U1Xm8Pn93TyDY2yfXcHob
        ov1a2X6O3b9BxnLKVFAmplzRh5VJVqa4MuWUaV6ZFpVpSZkKylRUppIyVdSr/6iyfWUKKFMo6lu7NuYHy9hD9pWhH0xdfPPaDVZX7llrHF58u/p3ab4v6KK91snx
        tbHUVa1Ifw2vFJ2+yqy22kilrlUd2H8SKdvYf6KNE+FlRZqfqIjr36Jc+EJcr8TruyRhPTp2FuoW15OpeDwmrheh4tJRqaMmKbqPZzRefuZjcT/UDfRDAQAAANsO
        B3po4nMbPVR0H89ovPzHPxH7U/IT+BMAAAAAf2q7P+X/50B/Uv3IaLz8goU/7SnBnwAAAAD4U9v9qeyWnOdPZuO8J0pif1qGPwEAAADwpw48R7bLof5kNA55922x
        P712G/4EAAAAwJ+a9SdZ8ycaRMnsPTnsorrczZK/nKnOqs9q71A+GGPr/Cqxz9Cv5Lb7k9E4UEvkR7x83Tjkd+BPAAAAAPzJdn/K99vkT0bjQMXurPmT28CfFuFP
        AAAAAPzJfn8a+EYb/UkbB8LH5mk+/0dx/QXKgT+L62WpfWNLvJ019O87XqXlE3slqy9O2/4T4no+Kr71jLhegIrjQ+J6ISpePCJt2kONnsOv1Hmo18BD5U/hoQAA
        AAA81HYPnY3a1I9n9Bz+/Kdr/tRl4E8l+BMAAAAAf7Lfn5a+ZZM/GT2HP3B3zZ/Ucr0/5e7CnwAAAAD4E/enfhrXPMz2+9j+KabzJ5c28HvNe6RinWms0UsmoVYu
        vNr9OmNZW9tDuw/axcapPSZeEt/v48PRL7wirhfn9yMnLe5bUobd4v0MUOb3iuuFKMtPiOuFKSORVp1XO5o8r3LVqvtc2rGd2+B2jDz+zAYd1eiz5ufvOJ0SsmTc
        cpuBv7xC/54Q/ftC9O8N0b8/RP8eEf37RPTvFdG/X4SnR5deXfp06ddlty57dBnQZVCXvbrsq6XVe0QaqYwaX1S1ezkAAABg5UPa/2Yu+vPODfdLrvOSh7qXZ3EW
        tul1x0b7bWcbxk/xKlYpKWtLT55MTqdmZtLTmdq+8L+flXTOuJk3SNX/vfDLhv28AcPPmfXbmtll+F6jfa57bvBe4zz6bQEAAIDt4JPN+lOgWjXgYzV/ehRvchl4
        hdQab8q/auhNIeHnzfzpgEn9OPnRARN/+hX8CQAAANiG/tTVpv4nySn9T/nTBh61/n57I+mpEwOUg5RDlFHKYcqDlIcoD1POELS+meoK1RykHKKMUg5THqQ8RHmY
        sn6F2trUHKQcooxSDlMepDxEeZiyYfdYOknHl6TjS9LxJOl4ko0fSE0pB5hMneTf3mTq57PJ6Sx7I5VJnHnjtPb9TjHKExcSqeR0dT00fyaTSJ3PnJg5k0xq20+k
        zmXqvmtZws/mZmi2//RNi/7Tue9L8H8AAABgG/qCal16X+Dlq2e1//8H0FRfSrTngL0135Ovievzu/py2mIcIcpYRlyPe2n8vLgef1x39hfievw8zl3o7AWG1XPA
        7tr1dZPX2eueg8mTsevvE8w5rN+hU+1RQHs0tMcttEdDe1TQHg3t4Tu2Fdrj/xu555WQeAEA
        """;

    /// <summary>The newest layout (libver latest): a chunk index of another kind.</summary>
    public const string Latest = """
        H4sIAAAAAAACA+2cDVhUxRqAv7O7wO6y/Mufyp+ogIiyLD8pCgvqhoEhogmhohcEfCBXBYoSglIr+/FKZmLpBa1uZd6Eaz7qfQxQLCVLQC0rb/7WBc0eMbhlqQ/3
        nDMzeM5ZEQt2PetleM7O+WbnzHzfO8Ocme/M2dVxk3U2ysFKqVwOJHThkJ+K5GCcvmbxoPzEuMkzJN71aapc7lGklAAFIHFksiU5o+wXcAwpYLSQqC75nlWJAooa
        RGtAsREbSCwdBJSDdzQgA7UQag2hXVIAC1pnqdTaBSiJhFGfYnNQ7J+MPpM7AMgkdJFKuVTZROHSNoBYQ0DoC4G6mLjJQNnSzYHCj1htj0vTg3Uxk2OB6jYEt/cQ
        9IklN/ZTCfHbTEJ1hFT0VDvVFjVCqjFY7aGnn5qEqBJDNJjjCObfAVJ4VF3+EV5nEqrLZaKnWrXuzAQh1Q1YbZuG1L8hqsSQJZjjdGDy1vOoJmuLfUxCtcVC9FRn
        q7p+ElL9Cau9Y/WcC4gqMeTrbqpM5/VXcKmmegZtMQnVFCvRU93/+a7ViJzOEaWUKQk55jbZrOSSe2PzsyvoSNgMBdjO2VOiLFFhxHKtggzEDJw0XjM8tSL0sLCk
        z5xQHF++qeS2+govUDmgOMO+/JxB5qJ5GfOrYE5R+/mGDV6lbhVul33q91OwdJ98O/OVt1d19dIlV9sVcqUisp4CZ5nkJpOutXS97NMp9b8peai07Fh6Vaed/02r
        hzQPaP1HWkHS9z1f3KeWaD7b1t557QY9CkSjoNXeXT3N0Sg+i+M2HLfjuBPH13B8A8d0r2aDRHsnGAP8/jw/EbTTz/7T8nu67MATJQ531V6njm6m7lRIf7fbxcat
        ++++vr5zjS5Qp/QG6Q/+H9w1W1NyNSXT+7Uupq+gcxlOs8SxHMdKHKtwbItjexw74NgRx07asqefD+xvPc1BR2OzNMkk77j4J3mFO+WfoXkZUTZfQZZyzHy5gjcv
        O3msa59JyBU4ip7c3pirvwqnnH6YYfKVB4b1PkFdi4085qxwR21AzK5WkIm2JfJLcNpgR22oh0na4LqT6Nsg+qEWKSK3FZNvw6y82E8ra+ywYD/PbPA7c5tmcMXU
        tr4Wtx4VRix3617vMKXn8JphX0TkZpM0g078/wp2n54s1s2IQ5gkYA8GLtVheO2tcOF74UDGj/3uskYZAGk+QI49bzqOSiUp+ke2jYydSbezBZOP6QWZ/mkupA5S
        i6L48Wm6ZDoXJGDvIClUYlDfdCii6yC1DZmF0n2BH2/uOKuJnZmgA4usvS9bAuMJtgN9bi09oWNP3adtU0GghOki2Rd320EBfeoKix8f4wyb6JJtQfdPpS9so0+d
        4WX17gD4jmIuaxxVFQTRdF5HWGJTHwUZ9KkDJF5riIIO5pYH9Yp5CVDH5o1sLUiDJDav75Wt82E8W26z+tp8cKZTXSD23RlZkMmmHshsy4KdbAmK7JXPwmW2hKUN
        u1dAGZvhxGL/VXCczeCfU7YOXmH8eTCx6aUKWMNmyPl7TQVoWNtq907YCE+zp02Spko4yhZmlTNpCzhRTAmjXl7/FsSxl/27Zvn7EMvmzbi59gNYxqZ6vNB0AIaz
        qcU/H24CKXvZpVLPZvClGFB+sPAYXGDVSRhbeRz0bF5vxz3H4S02NfbH907AS7SZnlB5+vw30MCmTpzrewrelzCnV96FMzCfvax6VdEleISt+GDdzcr+8833bVQY
        So8K0tuNCsjVyhsbyKgH5SIcFR7eniIxIYv8wSJm4SQ9nSK87/wVK3y+4kYnuu8QE3zxbSuAHW0SeDex+tOqUBNSbRwiYqo1HmtfFFL9ASt8KGLu54gqMSEHc5zJ
        ju77eFTfKXZPMiFVLw8RU22J8WkXUo3ECl+cd+YXRJWY8HU3VcbO0Sou1YiPz6eYkGqhp4ipNp2vXCKkWo4V3r0y7DtElZgQp+I6xzN4VL2+HRtjQqpHvERMteSR
        XI2QaitW+HiR/ldElZhQquIubd/mUd2Y8VyQCan6+IiY6qjfH5YLqU7ECpe0rqpEVIkJ9SruYtXehktVKSv8xoRUnxgmYqodLy7PFVJdhxWObJvrhagSE0bbcNee
        xTyqKfr5ISak+oWvmGeZ5bteFVK9iBUOyl6bjagSEypsuE8w23hUPx1aq+4jVTlNlboNQd8R+Pp3wDxCc82qc0Kq0dgIz+KpxYgqMUtmS+YAbO/kSalJ1bONRPXJ
        kWZG1bNws8GemvXYiIqjJw8iqsSs7bakrzKrgBs8qqD7y1dGotrkZ2ZUJ6x022+w/wsbUbnowbF4/xdOmW7HXQW8bceletBrnc5IVEcEmBnVFmqMj8H+LzV2ss6p
        2znwUGrgAd8Ay/8XHf/o9MFwg0FfipNZypUqW3sHRydtdxA7wwF+/clPtPrRd8Qy+qhn7owhAN70oaWP+fRRRh9r6aOKPqrpo54+munjLH200wfz2EROH/b04cZu
        oJbzjQXoAveQ+MyS13ccBs73sltwyNfn0HPD3/Djtu5HY75T9KvRV1JBn6C/yl4NvdXKD+0cqnj/N57WxASQuSpTT3kAd1b1349OxRtpVrU8xMxmVaX/Kr1msP8b
        GzFjgfQS3v+NU37o5sg04bhRXKpXKzqNtVpt0ZgZVcXBSVMN9n9jIxzfSQ3A+79xyiujSF9lvIDf8ahqPM4fNhJVvzAzo6raF24hpDoJG3HOPdIWUSVmqQMJR8YL
        uCqQS/VU655HjUS1JNzMqLY+82itkOpGbIRqOPUcokrM+iaQ6wUMGM2lOisy6JqRqB6PMDOqy0M7DMbVK9iITdGFjniLG04pGc31An7BoxpbHRDdR6rD+ft6oERG
        n0kh76ksdhy3oJiaBcQDxuGyV4uI6sXXEwcLqU7BijbkHLFHVInqPkGEKpN3KU+acfrxE/eAaul4EVL13ZuUJqT6Jla0sWXaYESVqL4/iDuzchjDld547cn4e0D1
        y0gRUn0lt9VXSPUqVtTxg4qpiCpRfcEY7jOrGp7U+NGuPfeAauBEEVJ9rmbbSiHVB7Gi4Vs+LEdUierUWO7dKoknjWuc0HoPqD4TJUKqCeBbJaS6GSt68z9vX0VU
        iepbxnLvVld50ns/fOXEUvURvpreG2UvvOXSG1zl4JoJmLJS7kjTo2KCSS04VIPZBYf2hpO99rhwoMLZjYEAy+hLbtP5FtEdqqc+iWl14AW5lrxjvkZsLNR176t6
        cDVF397DIvS0CD0uQs+L0AMj9MQIPTJCz4zQQyP01Ag9NkLPjdCDI/TkCD06Qs+O0MMj9PQ4aXvzwPTsKzFl+kAYCANhIAyEgcAP3XMh9PKM5I6zbTyz6RI8UIB6
        8+dw/cIc/z6uRFIYv5klvfpA+Zk5PPNyGHVrhoDWQ39CO97qxToep84yEgvbjes8DV5ixJUOGRnlilYiRI1yvCrwZj9reNKRZQfP9kpVBZS9HLqpGtIkOigJDQ7F
        PtNckIBT5xq5hy294p8kpFqCK2/8+tS3iCpRpwVzRK8pXOZJwY1f5vy59V0PfdfKZH330DQj9915LT8b/JbSBVzp7rlVCkSZqGGl5vZWTSxXsju8qV3Yd8nzUund
        UMWjpR+uw82MV80vtl8/2sOP3dnTq+TLeP/hWPKPyv4AnqUN02Ek+cEOD+PVGk5QVyfyE0L2TecnaA4n8RNCT8zAZZMfnnr1l8RT/dE8ybHm3zx1qZqZ/cEi9z5g
        sd4lbXt/sFhxH7DoWGLd1h8s3rwPWFT8PmlOf7DYeR+wyPttZmfipLh49BOlXYJAxtyws8ko+3sTdpTqkpOndL+oT9GD8HVmLkA9SMFe5jabm+kSq4ujb63k906Z
        KURElupDCqzz89KzcCgkzwRAoc/MTM/K0y8oOBJF0qwy9I8tyVtY1BrdnbJYX5CzaHF2RxxJsczPWJC3MLNrKklQoYT0J3L0eQtnxZNkJ5K8qCBHX1iQnrUoL++D
        BPKtRX6OflmBR+LA+q8fA7/96TBt6ppaCmT5menBDd0TSEZUu0u4YoheyhU1n8i4YugQS64YRn5JAonh4x24YkStIxGtaZH0uymDbrV8ZlZ6cJobT1Znu/PkkI8H
        82SN01CeHLrIgyeH1Xny5HBnb54cketzq7vSMlFr/zCSLKWVch3OkdSPjeBIIQ0jOZLG3Z8jherVHCnskxCOFD4klCNFLA0jkvKWEofCbwHMSw/xeIAravLHccXw
        xvFcMcJrAq/9p/LbP2o2jvFkXzjQxJR8P/N/vU/6wXNZAAA=
        """;
}
